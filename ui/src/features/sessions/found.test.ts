import { describe, expect, it } from "vitest";
import type { Session } from "../../api/types";
import { seeksErrors } from "../query/terms";
import { foundText, whereFound } from "./found";

const TEXT = "Sorry, it did not work: the payment provider did not answer in time.";

function rangesOf(...words: string[]): [number, number][] {
  return words.flatMap((word) =>
    [...TEXT.matchAll(new RegExp(word, "g"))].map(({ index }): [number, number] => [index, index + word.length]),
  );
}

describe("what was found", () => {
  it("is the whole sentence where it was said", () => {
    const ranges = rangesOf("payment", "provider", "did", "not", "answer", "in", "time");
    expect(foundText({ text: TEXT, ranges })).toBe("payment provider did not answer in time");
  });
  it("is the longest word where the words stand apart", () => {
    expect(foundText({ text: TEXT, ranges: rangesOf("work", "provider") })).toBe("provider");
  });
  it("counts code points", () => {
    expect(
      foundText({
        text: "🙂 two charges",
        ranges: [
          [2, 5],
          [6, 13],
        ],
      }),
    ).toBe("two charges");
    expect(foundText({ text: "nothing", ranges: [] })).toBe("");
  });
});

describe("failures that were looked for", () => {
  it("open the session at its first failing turn", () => {
    for (const query of [
      "has:error",
      "tool:x status:error",
      "span:(tool:x status:error)",
      "turn:( -a HAS:ERROR )",
      "(has:error OR x)",
    ]) {
      expect(seeksErrors(query), query).toBe(true);
    }
    for (const query of ["", "-has:error", "-span:(status:error)", '"has:error"', "status:ok", "has:errors"]) {
      expect(seeksErrors(query), query).toBe(false);
    }
    const found = { hits: null, matched: [] } as unknown as Session;
    expect(whereFound(found, "has:error")).toEqual({ at: "error" });
    expect(whereFound(found, "tool:x")).toEqual({});
  });
});
