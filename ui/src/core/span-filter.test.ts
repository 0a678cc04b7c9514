import { expect, test } from "vitest";
import { keepRows, kindCounts, matching, type SpanFilter, withParents } from "./span-filter";
import { buildTree, treeRows } from "./tree";

const span = (span_id: string, parent_span_id: string | null, kind: string, name: string, status = "unset") => ({
  span_id,
  parent_span_id,
  kind,
  name,
  status,
  offset_ms: 0,
  duration_ms: 1,
});
const spans = [
  span("a", null, "AGENT", "support agent"),
  span("b", "a", "LLM", "chat gpt-5-mini"),
  span("c", "a", "CHAIN", "billing"),
  span("d", "c", "TOOL", "create_refund", "error"),
  span("e", "c", "TOOL", "find_order"),
];
const tree = buildTree(spans);

function shown(filter: Partial<SpanFilter>): string {
  const found = matching(tree, { kinds: [], words: "", errors: false, ...filter });
  return keepRows(treeRows(tree, new Set()), withParents(tree, found))
    .map((row) => row.span.span_id)
    .join("");
}

test("matches keep the spans above them", () => {
  expect([shown({ kinds: ["TOOL"] }), shown({ words: "MINI chat" }), shown({ errors: true })]).toEqual([
    "acde",
    "ab",
    "acd",
  ]);
  expect([shown({ kinds: ["TOOL"], words: "refund" }), shown({ words: "xyzzy" })]).toEqual(["acd", ""]);
});

test("kinds are counted", () => {
  expect(kindCounts(spans)).toEqual([
    ["TOOL", 2],
    ["AGENT", 1],
    ["CHAIN", 1],
    ["LLM", 1],
  ]);
});
