import { expect, test } from "vitest";
import { criticalPath } from "./critical";
import { buildTree, type Node } from "./tree";

function span(span_id: string, parent_span_id: string | null, offset_ms = 0, duration_ms: number | null = 1): Node {
  return { span_id, parent_span_id, offset_ms, duration_ms, status: "unset" };
}

const path = (...spans: Node[]) => [...criticalPath(buildTree(spans))].sort();

test("it goes back from the end, through who had ended last", () => {
  const root = span("root", null, 0, 10);
  expect(path(root, span("a", "root", 0, 4), span("b", "root", 1, 2), span("c", "root", 5, 5))).toEqual([
    "a",
    "c",
    "root",
  ]);
});

test("who ran beside it, and ended after it began, kept nobody waiting", () => {
  const root = span("root", null, 0, 10);
  expect(path(root, span("beside", "root", 0, 7), span("last", "root", 5, 5), span("first", "root", 0, 5))).toEqual([
    "first",
    "last",
    "root",
  ]);
});

test("a child that outlives its parent is cut at its end", () => {
  const spans = [span("root", null, 0, 10), span("late", "root", 2, 50), span("early", "root", 0, 2)];
  expect(path(...spans)).toEqual(["early", "late", "root"]);
  expect(path(span("root", null, 0, 10), span("after", "root", 11, 5))).toEqual(["root"]);
});

test("spans without times, in a cycle, beside other roots, or none at all", () => {
  expect(path()).toEqual([]);
  expect(path(span("open", null, 0, null))).toEqual(["open"]);
  expect(path(span("x", "y", 0, 1), span("y", "x", 0, 1))).toEqual(["x", "y"]);
  expect(path(span("one", null, 0, 4), span("two", null, 5, 5), span("beside", null, 1, 8))).toEqual(["one", "two"]);
});

test("100,000 nested spans do not exhaust the stack", () => {
  const deep = Array.from({ length: 100_000 }, (_, at) => span(String(at), at ? String(at - 1) : null, 0, 1));
  expect(criticalPath(buildTree(deep)).size).toBe(100_000);
});
