/** A trace's spans as rows of a tree. Built without recursion: a trace may hold 100,000 spans, nested or not,
 *  and may hold a span that is its own parent. */

export interface Node {
  span_id: string;
  parent_span_id: string | null;
  offset_ms: number | null;
  duration_ms: number | null;
  status: string;
}

export interface Tree<T extends Node> {
  spans: Map<string, T>;
  children: Map<string, T[]>;
  roots: T[];
}

export interface Row<T extends Node> {
  span: T;
  depth: number;
  childCount: number;
  collapsed: boolean;
  /** Its place among its siblings, from 1, and how many those are. */
  place: number;
  siblings: number;
}

/** `spans` in their order of start; children keep it. Spans that no root leads to (a cycle) begin at the first. */
export function buildTree<T extends Node>(list: readonly T[]): Tree<T> {
  const spans = new Map(list.map((span) => [span.span_id, span]));
  const children = new Map<string, T[]>();
  const roots: T[] = [];
  for (const span of spans.values()) {
    const parent = span.parent_span_id;
    if (parent && parent !== span.span_id && spans.has(parent)) {
      const siblings = children.get(parent);
      if (siblings) siblings.push(span);
      else children.set(parent, [span]);
    } else roots.push(span);
  }
  const seen = new Set<string>();
  const reach = (from: T) => {
    const stack = [from];
    while (stack.length) {
      const span = stack.pop()!;
      if (seen.has(span.span_id)) continue;
      seen.add(span.span_id);
      stack.push(...(children.get(span.span_id) ?? []));
    }
  };
  roots.forEach(reach);
  for (const span of spans.values()) {
    if (seen.has(span.span_id)) continue;
    // A cycle has no root: its first span becomes one, and leaves its parent's children.
    const siblings = children.get(span.parent_span_id!);
    if (siblings)
      children.set(
        span.parent_span_id!,
        siblings.filter((each) => each !== span),
      );
    roots.push(span);
    reach(span);
  }
  return { spans, children, roots };
}

/** The rows to draw: depth first, without what is folded away. */
export function treeRows<T extends Node>(tree: Tree<T>, collapsed: ReadonlySet<string>): Row<T>[] {
  const rows: Row<T>[] = [];
  const stack: { list: readonly T[]; at: number; depth: number }[] = [{ list: tree.roots, at: 0, depth: 0 }];
  while (stack.length) {
    const top = stack.at(-1)!;
    const span = top.list[top.at];
    if (!span) {
      stack.pop();
      continue;
    }
    top.at += 1;
    const children = tree.children.get(span.span_id) ?? [];
    const folded = collapsed.has(span.span_id);
    const { depth, at: place } = top;
    rows.push({ span, depth, place, siblings: top.list.length, childCount: children.length, collapsed: folded });
    if (!folded && children.length) stack.push({ list: children, at: 0, depth: depth + 1 });
  }
  return rows;
}

/** Every ancestor of a span, nearest first. */
export function ancestors<T extends Node>(tree: Tree<T>, spanId: string): string[] {
  const found: string[] = [];
  const seen = new Set([spanId]);
  let parent = tree.spans.get(spanId)?.parent_span_id;
  while (parent && tree.spans.has(parent) && !seen.has(parent)) {
    seen.add(parent);
    found.push(parent);
    parent = tree.spans.get(parent)?.parent_span_id;
  }
  return found;
}

/** The failure to look at first: the earliest failed span with no failed span below it. */
export function firstError<T extends Node>(tree: Tree<T>): T | null {
  const above = new Set<string>();
  const failed = [...tree.spans.values()].filter((span) => span.status === "error");
  for (const span of failed) {
    let parent = span.parent_span_id;
    while (parent && !above.has(parent) && parent !== span.span_id) {
      above.add(parent);
      parent = tree.spans.get(parent)?.parent_span_id ?? null;
    }
  }
  return failed.find((span) => !above.has(span.span_id)) ?? failed[0] ?? null;
}
