import { expect, test } from "vitest";
import { fromPageSegment, pageSegment, parseSearch, segment, sessionPath, writeSearch } from "./address";
import { argumentsLine, structured } from "./json";
import { aroundFirst, occurrences, pieces } from "./marks";
import { indexRows, slowest } from "./outline";
import { beginning, estimatedLines, mayBeMarkdown, withoutMarkdown } from "./text";

test("marks count code points", () => {
  expect(pieces("👋 refund", [[2, 8]])).toEqual([
    { text: "👋 ", marked: false },
    { text: "refund", marked: true },
  ]);
  expect(
    pieces("ab", [
      [0, 1],
      [0, 2],
      [5, 9],
    ]).map((piece) => piece.text),
  ).toEqual(["a", "b"]);
  expect(aroundFirst("one two three four refund", [[19, 25]], 8)).toEqual({ text: "…four refund", ranges: [[6, 12]] });
  expect(occurrences("Ärger über die STRASSE", "straße")).toEqual([[15, 22]]);
  expect(occurrences("👋aa", "A")).toEqual([
    [1, 2],
    [2, 3],
  ]);
});

test("addresses survive any project name", () => {
  for (const name of ["a/b", "..", ".", "..;", "%2F", "🧵", " ", "<script>"])
    expect(fromPageSegment(decodeURIComponent(pageSegment(name)))).toBe(name);
  expect([segment(".."), segment("..;")]).toEqual(["..;", "..%3B"]);
  expect(sessionPath("a/b", "k1", { turn: 3, q: "" })).toBe("/p/a%2Fb/sessions/k1?turn=3");
  expect(parseSearch(writeSearch({ q: "123 & true" }))).toEqual({ q: "123 & true" });
});

test("arguments read as key: value", () => {
  expect(argumentsLine('{"order_id": 4471, "who": "mara.k", "tags": ["a"]}')).toBe(
    'order_id: 4471, who: mara.k, tags: ["a"]',
  );
  expect(argumentsLine("not json")).toBe("not json");
  expect(structured("{broken")).toBeUndefined();
});

test("long texts are estimated without being walked twice", () => {
  expect(estimatedLines("one\ntwo\n")).toBe(3);
  expect(estimatedLines("x".repeat(800))).toBe(10);
  expect(beginning("😀".repeat(5000)).isWellFormed()).toBe(true);
  expect([mayBeMarkdown("Hello there, 3 items."), mayBeMarkdown("- a\n- b"), mayBeMarkdown("so **bold**")]).toEqual([
    false,
    true,
    true,
  ]);
});

test("pauses of five minutes or more stand between turns", () => {
  const outline = { turn_count: 3, start_ms: [0, 1000, 400_000], latency_ms: [500, 2000, null], status: [1, 1, 2] };
  expect(indexRows(outline)).toEqual([
    { kind: "turn", turn: 1 },
    { kind: "turn", turn: 2 },
    { kind: "idle", beforeTurn: 3, idleMs: 397_000 },
    { kind: "turn", turn: 3 },
  ]);
  expect(slowest(outline)).toBe(2000);
});

test("previews lose the signs of Markdown and nothing else", () => {
  expect(withoutMarkdown("Here is the [label](https://a.example/x_(1)) for **you**, `ok`")).toBe(
    "Here is the label for you, ok",
  );
  expect(withoutMarkdown("2 * 3 * 4 [sic] a__b")).toBe("2 * 3 * 4 [sic] a__b");
});
