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
  const stack = tree.roots.map((span) => ({ span, depth: 0 })).reverse();
  while (stack.length) {
    const { span, depth } = stack.pop()!;
    const children = tree.children.get(span.span_id) ?? [];
    const folded = collapsed.has(span.span_id);
    rows.push({ span, depth, childCount: children.length, collapsed: folded });
    if (folded) continue;
    for (let at = children.length - 1; at >= 0; at--) stack.push({ span: children[at]!, depth: depth + 1 });
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

/** The spans that kept the trace waiting: from the end of a span back through the child that ended last before. */
export function criticalPath<T extends Node>(tree: Tree<T>): Set<string> {
  const path = new Set<string>();
  const first = tree.roots[0];
  if (!first) return path;
  const stack: { span: T; until: number }[] = [{ span: first, until: end(first) }];
  while (stack.length) {
    const { span, until } = stack.pop()!;
    if (path.has(span.span_id)) continue;
    path.add(span.span_id);
    let limit = until;
    const children = [...(tree.children.get(span.span_id) ?? [])].sort((a, b) => end(b) - end(a));
    for (const child of children) {
      if (start(child) >= limit) continue;
      // A child that outlives its parent's wait is cut at it.
      stack.push({ span: child, until: Math.min(end(child), limit) });
      limit = start(child);
    }
  }
  return path;
}

function start(span: Node): number {
  return span.offset_ms ?? 0;
}

function end(span: Node): number {
  return start(span) + (span.duration_ms ?? 0);
}

/** The failure to look at first: the earliest failed span with no failed span below it. */
export function firstError<T extends Node>(tree: Tree<T>): T | null {
  const failed = [...tree.spans.values()].filter((span) => span.status === "error");
  const above = new Set(failed.flatMap((span) => ancestors(tree, span.span_id)));
  return failed.find((span) => !above.has(span.span_id)) ?? failed[0] ?? null;
}
