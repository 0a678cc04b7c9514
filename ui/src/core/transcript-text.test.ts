import { expect, test } from "vitest";
import type { Message, Part } from "../api/types";
import { turnAsMarkdown } from "./transcript-text";

function message(role: string, parts: Part[], more: Partial<Message> = {}): Message {
  const rest = { turn_index: 1, trace_id: "t", span_id: null, name: null, agent: null, time: null };
  return { id: `${role}-1`, role, parts, changed: false, error: null, ...rest, ...more };
}

test("a turn reads as Markdown, whatever fences it holds", () => {
  const failed = {
    ...{ type: "tool_call", name: "pay", arguments: '{"a": 1}', id: "c", result: null, error: "Timeout ```" },
    ...{ status: "error", start_time: null, duration_ms: null, span_id: null },
  } as Part;
  const markdown = turnAsMarkdown(2, [
    message("user", [{ type: "text", text: "refund" }]),
    message("assistant", [failed]),
    message("assistant", [{ type: "text", text: "No." }], { agent: "billing" }),
    message("assistant", []),
  ]);
  expect(markdown).toBe(
    [
      "## Turn 2",
      "**User**",
      "refund",
      "**Assistant**",
      "Tool `pay` ✕ failed",
      '```json\n{"a": 1}\n```',
      "````\nTimeout ```\n````",
      "**billing (sub-agent), Assistant**",
      "No.",
    ].join("\n\n"),
  );
});
