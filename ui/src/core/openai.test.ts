import { expect, test } from "vitest";
import type { Message, Part } from "../api/types";
import { chatMessages, curl, datasetLine } from "./openai";

function message(role: string, parts: Part[], more: Partial<Message> = {}): Message {
  const rest = { turn_index: 1, trace_id: "t", span_id: null, name: null, agent: null, time: null };
  return { id: `${role}-1`, role, parts, changed: false, error: null, ...rest, ...more };
}

function text(words: string): Part {
  return { type: "text", text: words };
}

function call(name: string, id: string | null, result: string | null, error: string | null = null): Part {
  const status = error ? "error" : "ok";
  return {
    ...{ type: "tool_call", name, arguments: "{}", id, result, error, status },
    ...{ start_time: null, duration_ms: null, span_id: null },
  } as Part;
}

const TALK = [
  message("system", [text("Be brief.")]),
  message("user", [text("refund"), { type: "image", url: "data:image/png;base64,AA", mime_type: null }]),
  message("assistant", [{ type: "reasoning", text: "hm" }, text("Let me see."), call("find", "c1", "42")]),
  message("assistant", [text("among ourselves")], { agent: "billing" }),
  message("assistant", [call("pay", null, null, "Timeout")]),
  message("assistant", [text("I could not.")]),
];

test("a conversation as chat messages", () => {
  expect(chatMessages(TALK)).toEqual([
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "refund" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AA" } },
      ],
    },
    {
      role: "assistant",
      content: "Let me see.",
      tool_calls: [{ id: "c1", type: "function", function: { name: "find", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "c1", content: "42" },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_assistant-1_0", type: "function", function: { name: "pay", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "call_assistant-1_0", content: "Timeout" },
    { role: "assistant", content: "I could not." },
  ]);
});

test("the request ends with what the user said; quotes in it are safe in the shell", () => {
  const command = curl(chatMessages([message("user", [text("it's `x` $HOME")]), ...TALK.slice(5)]), "gpt-5-mini");
  expect(command).toContain("<<'JSON'");
  expect(command).toContain("it's `x` $HOME");
  expect(command).not.toContain("I could not.");
  expect(command.endsWith("\nJSON")).toBe(true);
});

test("a dataset line is one line", () => {
  const line = datasetLine(chatMessages(TALK), "I could\nnot.", { turn: 1 });
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({ output: "I could\nnot.", metadata: { turn: 1 } });
  expect(JSON.parse(line).input).toHaveLength(2);
});
