import { describe, expect, it } from "vitest";
import type { Part } from "../api/types";
import { holds, jsonHolds, partHolds } from "./holds";

describe("holds", () => {
  it("looks without regard to case, as marks do", () => {
    expect(holds("Die STRASSE", "straße")).toBe(true);
    expect(holds("anything", "")).toBe(false);
    expect(holds(null, "a")).toBe(false);
  });

  it("finds keys and values of JSON at any depth", () => {
    const value = { order: { lines: [{ id: 4471 }, "Parcel"] }, done: false };
    expect(jsonHolds(value, "parcel")).toBe(true);
    expect(jsonHolds(value, "447")).toBe(true);
    expect(jsonHolds(value, "LINES")).toBe(true);
    expect(jsonHolds(value, "refund")).toBe(false);
  });

  it("looks into what a tool was given and what it gave", () => {
    const call = { type: "tool_call", id: "", name: "find", arguments: '{"id": 1}', result: "two charges" } as Part;
    expect(partHolds(call, "charges")).toBe(true);
    expect(partHolds(call, "refund")).toBe(false);
  });
});
