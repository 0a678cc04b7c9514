/** Turns as Markdown and as JSON, to be pasted elsewhere. */

import type { Message, Part, ToolCall, Turn } from "../api/types";

const WORDS: Record<string, string> = {
  user: "User",
  human: "User",
  assistant: "Assistant",
  ai: "Assistant",
  model: "Assistant",
  system: "System",
  developer: "Developer",
  tool: "Tool",
};

/** One turn, its messages in order. Sub-agents carry their name. */
export function turnAsMarkdown(number: number, messages: readonly Message[]): string {
  const body = messages.map(asMarkdown).filter(Boolean);
  return [`## Turn ${number}`, ...body].join("\n\n");
}

function asMarkdown(message: Message): string {
  const said = message.parts.map(partAsMarkdown).filter(Boolean);
  if (message.error) said.push(`✕ Error: ${message.error}`);
  if (said.length === 0) return "";
  const role = message.name || WORDS[message.role] || message.role;
  const speaker = message.agent ? `${message.agent} (sub-agent), ${role}` : role;
  return [`**${speaker}**`, ...said].join("\n\n");
}

function partAsMarkdown(part: Part): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "json":
      return fenced(part.value, "json");
    case "reasoning":
      return part.text ? quoted(part.text) : "";
    case "image":
      return /^https?:/i.test(part.url) ? `![image](${part.url})` : "[image]";
    case "audio":
      return part.transcript ? `[audio] ${part.transcript}` : "[audio]";
    case "file":
      return `[file ${part.name ?? ""}]`;
    case "tool_call":
      return call(part);
    case "tool_result":
      return fenced(part.result, "");
    case "documents":
      return part.documents
        .map((each, at) => quoted(`${each.id || `document ${at + 1}`}: ${each.content}`))
        .join("\n\n");
  }
}

function call(part: ToolCall): string {
  const failed = part.status === "error";
  const answer = (failed ? part.error || part.result : part.result) ?? "";
  const lines = [`Tool \`${part.name}\`${failed ? " ✕ failed" : ""}`, fenced(part.arguments, "json")];
  return [...lines, ...(answer ? [fenced(answer, "")] : [])].join("\n\n");
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function quoted(text: string): string {
  return text.replace(/^/gm, "> ");
}

export function turnAsJson(turn: Turn, messages: readonly Message[]): string {
  return JSON.stringify({ ...turn, messages }, null, 2);
}
