import { describe, expect, it } from "vitest";
import { carried, coloured, pointsBefore, replaced, type Token, unitsBefore } from "./tokens";

const TERM: Token[] = [
  { kind: "text", start: 0, end: 6 },
  { kind: "field", start: 7, end: 11 },
  { kind: "operator", start: 11, end: 12 },
  { kind: "value", start: 12, end: 13 },
];

describe("carried", () => {
  it("keeps colours before and behind a change", () => {
    expect(carried(TERM, "refund tool:a", "refund tool:ab")).toEqual([...TERM.slice(0, 3), { ...TERM[3]!, end: 14 }]);
    expect(carried(TERM, "refund tool:a", "x refund tool:a")[0]).toEqual({ kind: "text", start: 0 + 2, end: 8 });
    expect(carried(TERM, "refund tool:a", "")).toEqual([]);
  });
});

describe("coloured", () => {
  it("covers the whole text, terms as one block", () => {
    expect(coloured("refund tool:a", TERM)).toEqual([
      { text: "refund", kind: "text", first: true, last: true },
      { text: " ", kind: "plain", first: true, last: true },
      { text: "tool", kind: "field", first: true, last: false },
      { text: ":", kind: "operator", first: false, last: false },
      { text: "a", kind: "value", first: false, last: true },
    ]);
  });
  it("survives tokens of another text", () => {
    expect(coloured("re", TERM).map((piece) => piece.text)).toEqual(["re"]);
    expect(
      coloured("abc", [
        { kind: "text", start: 0, end: 2 },
        { kind: "text", start: 1, end: 3 },
      ]).map((piece) => piece.text),
    ).toEqual(["ab", "c"]);
  });
});

describe("places", () => {
  it("count code points, not units", () => {
    expect(pointsBefore("😀ab", 2)).toBe(1);
    expect(unitsBefore("😀ab", 2)).toBe(3);
    expect(replaced("😀 to x", 2, 4, "tool:")).toEqual({ text: "😀 tool: x", caret: 8 });
  });
});
