/** A conversation as OpenAI's chat messages: to be sent again, or to train with. */

import type { Message, Part, ToolCall } from "../api/types";

type Content = string | { type: string; [key: string]: unknown }[];

export interface ChatMessage {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  content: Content | null;
  name?: string;
  tool_calls?: { id: string; type: "function"; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

const ROLES: Record<string, ChatMessage["role"]> = {
  system: "system",
  developer: "developer",
  user: "user",
  human: "user",
  tool: "tool",
  function: "tool",
};

/** The application's own conversation: what sub-agents said among themselves and what only failed is left out.
 *  Reasoning is no part of a request. */
export function chatMessages(messages: readonly Message[]): ChatMessage[] {
  return messages.filter((message) => !message.agent).flatMap(ofMessage);
}

function ofMessage(message: Message): ChatMessage[] {
  const calls = message.parts.filter((part): part is ToolCall => part.type === "tool_call");
  const content = contentOf(message.parts);
  const role = ROLES[message.role] ?? "assistant";
  if (role === "tool") return message.parts.flatMap(ofResult);
  if (calls.length === 0) return content === null ? [] : [{ role, content }];
  const tool_calls = calls.map((call, at) => ({
    id: idOf(call, message, at),
    type: "function" as const,
    function: { name: call.name, arguments: call.arguments },
  }));
  const results = calls.map(
    (call, at): ChatMessage => ({
      role: "tool",
      tool_call_id: idOf(call, message, at),
      content: call.result ?? call.error ?? "",
    }),
  );
  return [{ role: "assistant", content, tool_calls }, ...results];
}

function idOf(call: ToolCall, message: Message, at: number): string {
  return call.id || `call_${message.id}_${at}`;
}

function ofResult(part: Part): ChatMessage[] {
  if (part.type === "tool_result") return [{ role: "tool", tool_call_id: part.id ?? "", content: part.result }];
  return part.type === "text" ? [{ role: "tool", tool_call_id: "", content: part.text }] : [];
}

/** A lone text stays a string. */
function contentOf(parts: readonly Part[]): Content | null {
  const items = parts.flatMap((part): { type: string; [key: string]: unknown }[] => {
    switch (part.type) {
      case "text":
        return [{ type: "text", text: part.text }];
      case "json":
        return [{ type: "text", text: part.value }];
      case "image":
        return [{ type: "image_url", image_url: { url: part.url } }];
      default:
        return [];
    }
  });
  if (items.length === 0) return null;
  return items.every((item) => item.type === "text") ? items.map((item) => item.text).join("\n\n") : items;
}

/** What was sent when the last answer was made: everything up to the last thing that the other side said. */
export function requestOf(messages: readonly ChatMessage[]): ChatMessage[] {
  const last = messages.findLastIndex((message) => message.role === "user");
  return last < 0 ? [...messages] : messages.slice(0, last + 1);
}

/** A command that asks a model the same again. The key stays in the shell. */
export function curl(messages: readonly ChatMessage[], model: string): string {
  const body = JSON.stringify({ model, messages: requestOf(messages) }, null, 2);
  return [
    "curl https://api.openai.com/v1/chat/completions \\",
    '  -H "Authorization: Bearer $OPENAI_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    "  --data-binary @- <<'JSON'",
    body,
    "JSON",
  ].join("\n");
}

/** One line of a dataset: what was asked with all that came before, what was answered, and where it was. */
export function datasetLine(messages: readonly ChatMessage[], output: string, metadata: object): string {
  return JSON.stringify({ input: requestOf(messages), output, metadata });
}
