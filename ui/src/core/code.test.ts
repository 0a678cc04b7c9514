import { expect, test } from "vitest";
import { typedPieces, withoutTicks } from "./code";

test("what a person marked as code is told apart", () => {
  expect(typedPieces("what is `x`?\n```python\na = 1\n```\nthanks")).toEqual([
    { kind: "text", text: "what is " },
    { kind: "inline", text: "x" },
    { kind: "text", text: "?" },
    { kind: "block", text: "a = 1", language: "python" },
    { kind: "text", text: "thanks" },
  ]);
  expect(typedPieces("log:\n~~~\none\ntwo")).toEqual([
    { kind: "text", text: "log:" },
    { kind: "block", text: "one\ntwo", language: "" },
  ]);
});

test("a lone backtick and everything else is as typed", () => {
  expect(typedPieces("it's 5` long, **not** bold")).toEqual([{ kind: "text", text: "it's 5` long, **not** bold" }]);
  expect(typedPieces("")).toEqual([]);
});

test("previews lose the signs around code", () => {
  expect(withoutTicks("What does this mean? ``` Traceback (most")).toBe("What does this mean? Traceback (most");
  expect(withoutTicks("`proxies` is gone, 5` too")).toBe("proxies is gone, 5` too");
});
