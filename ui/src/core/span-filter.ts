/** Which spans of a trace a reader asks to see: by kind, by words of the name, by failure. */

import type { Node, Row, Tree } from "./tree";

export interface SpanFilter {
  /** In upper case; none: every kind. */
  kinds: readonly string[];
  /** Each word stands somewhere in the name, whatever its case. */
  words: string;
  errors: boolean;
}

interface Named extends Node {
  name: string;
  kind: string;
}

export function filters({ kinds, words, errors }: SpanFilter): boolean {
  return kinds.length > 0 || words.trim() !== "" || errors;
}

/** Ids of the spans that the filter names. */
export function matching<T extends Named>(tree: Tree<T>, filter: SpanFilter): Set<string> {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const kinds = new Set(filter.kinds);
  const found = new Set<string>();
  for (const span of tree.spans.values()) {
    if (kinds.size && !kinds.has(span.kind.toUpperCase())) continue;
    if (filter.errors && span.status !== "error") continue;
    const name = span.name.toLowerCase();
    if (words.every((word) => name.includes(word))) found.add(span.span_id);
  }
  return found;
}

/** The matches and the spans above them, which say where they are. */
export function withParents<T extends Node>(tree: Tree<T>, found: ReadonlySet<string>): Set<string> {
  const kept = new Set<string>();
  for (const id of found) {
    let at: string | null | undefined = id;
    while (at && tree.spans.has(at) && !kept.has(at)) {
      kept.add(at);
      at = tree.spans.get(at)?.parent_span_id;
    }
  }
  return kept;
}

export function keepRows<T extends Node>(rows: readonly Row<T>[], kept: ReadonlySet<string>): Row<T>[] {
  return rows.filter((row) => kept.has(row.span.span_id));
}

/** Kinds in the trace with how many spans each has, the most frequent first. */
export function kindCounts(spans: Iterable<{ kind: string }>): [string, number][] {
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind.toUpperCase(), (counts.get(kind.toUpperCase()) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
