import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import type { SpanSummary } from "../../api/types";
import { Plate } from "../../components/Plate";
import { Skeleton } from "../../components/Skeleton";
import { duration, integer } from "../../core/format";
import { family } from "../../core/kinds";
import type { Row } from "../../core/tree";
import styles from "./SpanTree.module.css";

interface Props {
  rows: readonly Row<SpanSummary>[];
  total: number;
  loaded: number;
  lengthMs: number;
  selected: string | undefined;
  path: ReadonlySet<string>;
  choose: (span: string) => void;
  fold: (span: string, folded: boolean) => void;
}

const ROW_PX = 28;
const LEVELS_SHOWN = 24;

/** Tree and waterfall in one: who called whom, and when. */
export function SpanTree({ rows, total, loaded, lengthMs, selected, path, choose, fold }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]!.span.span_id,
    scrollPaddingStart: 32,
    overscan: 12,
  });
  const at = rows.findIndex((row) => row.span.span_id === selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [selected, at >= 0]);
  return (
    <div ref={scroller} className={styles.scroller}>
      <div className={styles.head}>
        <span>{loaded < total ? `${integer(loaded)} of ${integer(total)} spans` : ""}</span>
        <span className={styles.axis} aria-hidden>
          {[0, 0.5, 1].map((share) => (
            <span key={share}>{share === 0 ? "0" : duration(lengthMs * share)}</span>
          ))}
        </span>
      </div>
      {rows.length === 0 && <Waiting />}
      <div role="tree" aria-label="Spans" className={styles.tree} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <SpanRow
              key={item.key}
              row={row}
              top={item.start}
              lengthMs={lengthMs}
              selected={row.span.span_id === selected}
              critical={path.has(row.span.span_id)}
              choose={choose}
              fold={fold}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps extends Pick<Props, "lengthMs" | "choose" | "fold"> {
  row: Row<SpanSummary>;
  top: number;
  selected: boolean;
  critical: boolean;
}

function SpanRow({ row, top, lengthMs, selected, critical, choose, fold }: RowProps) {
  const { span, depth, childCount, collapsed } = row;
  const share = (ms: number) => (lengthMs > 0 ? (ms / lengthMs) * 100 : 0);
  const left = Math.min(100, Math.max(0, share(span.offset_ms ?? 0)));
  const width = Math.min(100 - left, share(span.duration_ms ?? 0));
  const failed = span.status === "error";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree is walked by j and k, and each row by Tab and Enter
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={childCount > 0 ? !collapsed : undefined}
      tabIndex={selected ? 0 : -1}
      className={styles.row}
      style={{ top }}
      onClick={() => choose(span.span_id)}
    >
      <span className={styles.name} style={{ paddingInlineStart: Math.min(depth, LEVELS_SHOWN) * 16 }}>
        {childCount > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.fold}
            aria-label={collapsed ? `Unfold ${span.name}` : `Fold ${span.name}`}
            onClick={(event) => {
              event.stopPropagation();
              fold(span.span_id, !collapsed);
            }}
          >
            <ChevronRight size={14} aria-hidden className={collapsed ? "" : styles.opened} />
          </button>
        ) : (
          <span className={styles.leaf} />
        )}
        <Plate kind={span.kind} />
        <span className={styles.words} title={span.name}>
          {span.name || "span"}
        </span>
        {span.parent_missing && (
          <span className={styles.note} title="Its parent has not arrived">
            parent missing
          </span>
        )}
        {failed && (
          <span className="error">
            ✕<span className="unseen"> error</span>
          </span>
        )}
      </span>
      <span className={styles.lane}>
        <span
          className={`${styles.bar} ${styles[family(span.kind)]} ${critical ? styles.critical : ""}`}
          style={{ left: `${left}%`, width: `max(3px, ${width}%)` }}
        />
        {failed && (
          <span className={styles.cross} style={{ left: `calc(${left + width}% + 3px)` }} aria-hidden>
            ✕
          </span>
        )}
      </span>
      <span className={`figure ${styles.duration}`}>
        {span.duration_ms === null ? "open" : duration(span.duration_ms)}
      </span>
    </div>
  );
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
