import type { KeyboardEvent as ReactKeyboardEvent, RefObject } from "react";
import type { SpanSummary } from "../../api/types";
import { say } from "../../components/Notice";
import { copyText } from "../../core/clipboard";
import type { Row, Tree } from "../../core/tree";
import { useKeys } from "../shell/keys";

interface Given {
  tree: Tree<SpanSummary>;
  rows: readonly Row<SpanSummary>[];
  at: number;
  selected: string | undefined;
  choose: (span: string) => void;
  fold: (span: string, folded: boolean) => void;
  details: RefObject<HTMLElement | null>;
  back: () => void;
}

const PAGE_ROWS = 20;

/** Walks the spans by keyboard. Inside the tree it is WAI-ARIA's pattern and is always on; elsewhere on the page
 *  single keys do the same. Returns what the tree does with a key. */
export function useTraceKeys({ tree, rows, at, selected, choose, fold, details, back }: Given) {
  const row = rows[at];
  const to = (index: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (next) choose(next.span.span_id);
  };
  const error = (step: number) => {
    for (let next = at + step; next >= 0 && next < rows.length; next += step) {
      if (rows[next]!.span.status === "error") return choose(rows[next]!.span.span_id);
    }
  };
  // Left folds, then goes up; right unfolds, then goes down.
  const left = () => {
    if (!row) return;
    const parent = row.span.parent_span_id;
    if (row.childCount > 0 && !row.collapsed) fold(row.span.span_id, true);
    else if (parent && tree.spans.has(parent)) choose(parent);
  };
  const right = () => {
    if (!row || row.childCount === 0) return;
    if (row.collapsed) fold(row.span.span_id, false);
    else to(at + 1);
  };
  const read = () => details.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  const moves: Record<string, () => void> = {
    ArrowDown: () => to(at + 1),
    ArrowUp: () => to(at - 1),
    ArrowLeft: left,
    ArrowRight: right,
    Home: () => to(0),
    End: () => to(rows.length - 1),
    PageDown: () => to(at + PAGE_ROWS),
    PageUp: () => to(at - PAGE_ROWS),
    Enter: read,
  };
  // An arrow scrolls whatever has the focus; only where nothing has it does it walk.
  const unfocused = (move: () => void) => (event: KeyboardEvent) => {
    if (event.target !== document.body) return;
    event.preventDefault();
    move();
  };
  useKeys({
    j: () => to(at + 1),
    k: () => to(at - 1),
    "[": () => error(-1),
    "]": () => error(1),
    ArrowDown: unfocused(moves.ArrowDown!),
    ArrowUp: unfocused(moves.ArrowUp!),
    ArrowLeft: unfocused(left),
    ArrowRight: unfocused(right),
    Enter: unfocused(read),
    c: async () => {
      const url = new URL(window.location.href);
      if (selected) url.searchParams.set("span", selected);
      if (await copyText(url.href)) say("Link to the span copied.");
    },
    Escape: (event) => {
      const inside = details.current?.contains(event.target as Node);
      if (inside) document.querySelector<HTMLElement>('[role="treeitem"][aria-selected="true"]')?.focus();
      else back();
    },
  });
  return (event: ReactKeyboardEvent) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };
}
