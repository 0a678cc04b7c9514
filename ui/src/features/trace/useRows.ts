import { useEffect, useMemo, useRef, useState } from "react";
import type { SpanSummary } from "../../api/types";
import { filters, keepRows, matching, type SpanFilter, withParents } from "../../core/span-filter";
import { ancestors, type Tree, treeRows } from "../../core/tree";

/** The rows that are drawn: without what is folded, and of a filter its matches with the spans above them. */
export function useRows(tree: Tree<SpanSummary>, filter: SpanFilter, selected: string | undefined) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const found = useMemo(() => (filters(filter) ? matching(tree, filter) : null), [tree, filter]);
  const rows = useMemo(() => {
    const all = treeRows(tree, collapsed);
    return found ? keepRows(all, withParents(tree, found)) : all;
  }, [tree, collapsed, found]);
  const at = useMemo(() => rows.findIndex((row) => row.span.span_id === selected), [rows, selected]);

  // A span that an address names is shown although its parents were folded. Once: what the reader folds
  // afterwards stays folded.
  const revealed = useRef("");
  useEffect(() => {
    if (!selected || revealed.current === selected || !tree.spans.has(selected)) return;
    revealed.current = selected;
    const above = ancestors(tree, selected).filter((id) => collapsed.has(id));
    if (above.length) setCollapsed(new Set([...collapsed].filter((id) => !above.includes(id))));
  }, [selected, tree, collapsed]);

  const fold = (span: string, folded: boolean) => {
    const next = new Set(collapsed);
    if (folded) next.add(span);
    else next.delete(span);
    setCollapsed(next);
  };
  const foldAll = () => setCollapsed(new Set([...tree.children.keys()].filter((id) => tree.spans.has(id))));
  return { rows, at, found, fold, foldAll, unfoldAll: () => setCollapsed(new Set()), folded: collapsed.size > 0 };
}
