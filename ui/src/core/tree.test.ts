import { expect, test } from "vitest";
import { ancestors, buildTree, firstError, type Node, treeRows } from "./tree";

function span(span_id: string, parent_span_id: string | null, offset_ms = 0, duration_ms = 1, status = "unset"): Node {
  return { span_id, parent_span_id, offset_ms, duration_ms, status };
}

test("rows go depth first and skip what is folded", () => {
  const tree = buildTree([span("a", null), span("b", "a"), span("c", "b"), span("d", "a"), span("e", "gone")]);
  const seen = (folded: string[]) => treeRows(tree, new Set(folded)).map((row) => `${row.span.span_id}${row.depth}`);
  expect(seen([])).toEqual(["a0", "b1", "c2", "d1", "e0"]);
  expect(seen(["b"])).toEqual(["a0", "b1", "d1", "e0"]);
  expect(ancestors(tree, "c")).toEqual(["b", "a"]);
});

test("a span that is its own parent and a cycle are still drawn, once", () => {
  const tree = buildTree([span("self", "self"), span("x", "z"), span("y", "x"), span("z", "y")]);
  expect(treeRows(tree, new Set()).map((row) => row.span.span_id)).toEqual(["self", "x", "y", "z"]);
  expect(ancestors(tree, "y")).toEqual(["x", "z"]);
});

test("100,000 nested spans do not exhaust the stack", () => {
  const deep = Array.from({ length: 100_000 }, (_, at) => span(String(at), at ? String(at - 1) : null));
  expect(treeRows(buildTree(deep), new Set())).toHaveLength(100_000);
});

test("the first error is the deepest of the earliest failure", () => {
  const tree = buildTree([
    span("root", null, 0, 9, "error"),
    span("llm", "root", 1),
    span("tool", "root", 2, 3, "error"),
  ]);
  expect(firstError(tree)?.span_id).toBe("tool");
});

test("100,000 nested failures are looked through once", () => {
  const deep = Array.from({ length: 100_000 }, (_, at) => span(String(at), at ? String(at - 1) : null, 0, 1, "error"));
  expect(firstError(buildTree(deep))?.span_id).toBe("99999");
});
