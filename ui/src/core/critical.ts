/** The critical path: the spans that kept the trace waiting. As Jaeger finds it: from the end of a span back to
 *  the child that ended last, and from that child's start to the one that had ended last by then. */

import type { Node, Tree } from "./tree";

/** Senders round; a nanosecond is no overlap. */
const TOLERANCE_MS = 1e-6;

/** Of 0 spans: nothing. Several roots are taken as the children of one span around them all. */
export function criticalPath<T extends Node>(tree: Tree<T>): Set<string> {
  const path = new Set<string>();
  const stack = lastFirst(tree.roots, Number.POSITIVE_INFINITY);
  while (stack.length) {
    const { span, until } = stack.pop()!;
    if (path.has(span.span_id)) continue;
    path.add(span.span_id);
    stack.push(...lastFirst(tree.children.get(span.span_id) ?? [], until));
  }
  return path;
}

interface Step<T> {
  span: T;
  /** What is waited for ends here. */
  until: number;
}

/** The siblings on the path to a wait's end, the last first. One that outlives the wait is cut at it. */
function lastFirst<T extends Node>(siblings: readonly T[], until: number): Step<T>[] {
  const steps: Step<T>[] = [];
  const cut = (span: T) => Math.min(end(span), until);
  const byEnd = siblings
    .filter((span) => start(span) < until || end(span) <= until)
    .sort((a, b) => cut(b) - cut(a) || start(a) - start(b));
  let limit = until;
  for (const span of byEnd) {
    if (cut(span) > limit + TOLERANCE_MS) continue;
    steps.push({ span, until: cut(span) });
    limit = start(span);
  }
  return steps;
}

function start(span: Node): number {
  return span.offset_ms ?? 0;
}

function end(span: Node): number {
  return start(span) + (span.duration_ms ?? 0);
}
