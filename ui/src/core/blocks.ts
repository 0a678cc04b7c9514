/** A turn's messages as what is drawn: bubbles, frames of parallel calls, folded sub-agents. */

import type { Message, Part, ToolCall } from "../api/types";

export type Block =
  | { kind: "message"; message: Message; parts: Part[] }
  | { kind: "tools"; message: Message; calls: ToolCall[] }
  | { kind: "agent"; name: string; blocks: Block[]; steps: number; ms: number | null; failed: boolean };

export function blocks(messages: readonly Message[]): Block[] {
  const found: Block[] = [];
  for (let at = 0; at < messages.length; ) {
    const agent = messages[at]!.agent;
    if (!agent) {
      found.push(...ofMessage(messages[at]!));
      at += 1;
      continue;
    }
    const group: Message[] = [];
    while (at < messages.length && messages[at]!.agent === agent) group.push(messages[at++]!);
    found.push(ofAgent(agent, group));
  }
  return found;
}

function ofAgent(name: string, messages: readonly Message[]): Block {
  const inner = messages.flatMap(ofMessage);
  const calls = inner.flatMap((block) => (block.kind === "tools" ? block.calls : []));
  const failed = messages.some((message) => message.error) || calls.some((call) => call.status === "error");
  const steps = inner.reduce((sum, block) => sum + (block.kind === "tools" ? block.calls.length : 1), 0);
  const times = messages.map((message) => Date.parse(message.time ?? "")).filter((time) => !Number.isNaN(time));
  const ends = calls.map((call) => Date.parse(call.start_time ?? "") + (call.duration_ms ?? 0));
  const known = [...times, ...ends.filter((time) => !Number.isNaN(time))];
  const ms = known.length > 1 ? Math.max(...known) - Math.min(...known) : null;
  return { kind: "agent", name, blocks: inner, steps, ms: ms || null, failed };
}

/** Text parts keep together; calls of one message, being parallel, share a frame in starting order. */
function ofMessage(message: Message): Block[] {
  const found: Block[] = [];
  for (const part of message.parts) {
    const last = found[found.length - 1];
    if (part.type === "tool_call") {
      if (last?.kind === "tools") last.calls.push(part);
      else found.push({ kind: "tools", message, calls: [part] });
    } else if (last?.kind === "message") last.parts.push(part);
    else found.push({ kind: "message", message, parts: [part] });
  }
  if (found.length === 0 && message.error) found.push({ kind: "message", message, parts: [] });
  for (const block of found) {
    if (block.kind === "tools") block.calls.sort((a, b) => (a.start_time ?? "").localeCompare(b.start_time ?? ""));
  }
  return found;
}
