import { expect, test } from "vitest";
import type { Message, Part } from "../api/types";
import { blocks } from "./blocks";

function message(parts: Part[], more: Partial<Message> = {}): Message {
  return {
    id: "m",
    turn_index: 1,
    trace_id: "t",
    span_id: null,
    role: "assistant",
    name: null,
    agent: null,
    time: null,
    changed: false,
    error: null,
    parts,
    ...more,
  };
}

function call(name: string, start_time: string | null, status: "ok" | "error" = "ok"): Part {
  const rest = { arguments: "{}", id: null, result: null, error: null, duration_ms: 500, span_id: null };
  return { type: "tool_call", name, status, start_time, ...rest };
}

test("calls of one message share a frame in starting order", () => {
  const found = blocks([
    message([
      { type: "text", text: "Let me see." },
      call("b", "2026-01-01T00:00:02Z"),
      call("a", "2026-01-01T00:00:01Z"),
    ]),
  ]);
  expect(found.map((block) => (block.kind === "tools" ? block.calls.map((each) => each.name) : block.kind))).toEqual([
    "message",
    ["a", "b"],
  ]);
});

test("a sub-agent's messages fold into one block with steps, time and failure", () => {
  const time = "2026-01-01T00:00:00Z";
  const found = blocks([
    message([{ type: "text", text: "one" }], { agent: "billing", time }),
    message([call("charge", "2026-01-01T00:00:06Z", "error")], { agent: "billing", time }),
    message([{ type: "text", text: "after" }]),
  ]);
  expect(found[0]).toMatchObject({ kind: "agent", name: "billing", steps: 2, ms: 6500, failed: true });
  expect(found[1]).toMatchObject({ kind: "message" });
});

test("a failure without words said is still drawn", () => {
  expect(blocks([message([], { error: "RateLimitError" })])).toHaveLength(1);
  expect(blocks([message([])])).toHaveLength(0);
});
