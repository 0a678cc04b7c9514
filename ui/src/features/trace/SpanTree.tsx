import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import type { SpanSummary } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import { integer } from "../../core/format";
import type { Row } from "../../core/tree";
import { SpanRow } from "./SpanRow";
import styles from "./SpanTree.module.css";
import { TimeLines, TimeMarks } from "./TimeAxis";

interface Props {
  rows: readonly Row<SpanSummary>[];
  /** The chosen row; -1: it is not among them. */
  at: number;
  /** What a filter names; the other rows only say where that is. */
  found: ReadonlySet<string> | null;
  waiting: boolean;
  /** Spans that have come, of how many; null when all have. */
  progress: readonly [number, number] | null;
  lengthMs: number;
  path: ReadonlySet<string>;
  choose: (span: string) => void;
  fold: (span: string, folded: boolean) => void;
  onKey: (event: KeyboardEvent) => void;
}

const ROW_PX = 28;

/** Tree and waterfall in one: who called whom, and when. */
export function SpanTree({ rows, at, found, waiting, progress, lengthMs, path, choose, fold, onKey }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // Kept between renders: a new one would measure 100,000 rows anew.
    getItemKey: useCallback((index: number) => rows[index]!.span.span_id, [rows]),
    scrollPaddingStart: 32,
    overscan: 12,
    // The chosen row stays on the page wherever one scrolls: it holds the focus.
    rangeExtractor: useCallback((range: Range) => withRow(defaultRangeExtractor(range), at), [at]),
  });
  const chosen = rows[at]?.span.span_id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls
  useEffect(() => {
    if (at < 0) return;
    virtual.scrollToIndex(at, { align: "auto" });
    const box = scroller.current;
    if (box?.contains(document.activeElement)) {
      box.querySelector<HTMLElement>(`[data-span="${chosen}"]`)?.focus({ preventScroll: true });
    }
  }, [chosen, at >= 0]);
  return (
    <div ref={scroller} className={styles.scroller}>
      <div className={styles.head}>
        <span role="status">{progress ? `${integer(progress[0])} of ${integer(progress[1])} spans` : ""}</span>
        <TimeMarks lengthMs={lengthMs} />
      </div>
      {waiting && <Waiting />}
      <div
        role="tree"
        aria-label="Spans"
        className={styles.tree}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKey}
      >
        <TimeLines lengthMs={lengthMs} />
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          const id = row.span.span_id;
          return (
            <SpanRow
              key={item.key}
              row={row}
              top={item.start}
              lengthMs={lengthMs}
              selected={item.index === at}
              reachable={item.index === at || (at < 0 && item.index === 0)}
              critical={path.has(id)}
              context={found !== null && !found.has(id)}
              choose={choose}
              fold={fold}
            />
          );
        })}
      </div>
    </div>
  );
}

function withRow(indexes: number[], at: number): number[] {
  if (at < 0 || indexes.includes(at)) return indexes;
  return [...indexes, at].sort((a, b) => a - b);
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading spans" className={styles.waiting}>
      {[70, 55, 62, 40, 58].map((width, at) => (
        <span key={width} style={{ paddingInlineStart: at ? 16 : 0 }}>
          <Skeleton width={`${width}%`} />
        </span>
      ))}
    </div>
  );
}
