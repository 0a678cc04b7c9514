import { ChevronRight } from "lucide-react";
import type { CSSProperties } from "react";
import type { SpanSummary } from "../../api/types";
import { Plate } from "../../components/Plate";
import { duration } from "../../core/format";
import { family } from "../../core/kinds";
import type { Row } from "../../core/tree";
import styles from "./SpanRow.module.css";

interface Props {
  row: Row<SpanSummary>;
  top: number;
  lengthMs: number;
  selected: boolean;
  /** Tab leads here. */
  reachable: boolean;
  critical: boolean;
  /** It is here for a match below it. */
  context: boolean;
  choose: (span: string) => void;
  fold: (span: string, folded: boolean) => void;
}

/** One span: its place in the tree, its name, when it ran and for how long. */
export function SpanRow({ row, top, lengthMs, selected, reachable, critical, context, choose, fold }: Props) {
  const { span, depth, childCount, collapsed } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens for its keys
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={childCount > 0 ? !collapsed : undefined}
      tabIndex={reachable ? 0 : -1}
      data-span={span.span_id}
      className={`${styles.row} ${context ? styles.context : ""}`}
      style={{ top, "--depth": depth } as CSSProperties}
      onClick={() => choose(span.span_id)}
    >
      <span className={styles.name}>
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
        {span.status === "error" && (
          <span className="error">
            ✕<span className="unseen"> error</span>
          </span>
        )}
        {critical && <span className="unseen"> on the critical path</span>}
      </span>
      <Bar span={span} lengthMs={lengthMs} critical={critical} />
      <span className={`figure ${styles.duration}`}>
        {span.duration_ms === null ? "open" : duration(span.duration_ms)}
      </span>
    </div>
  );
}

function Bar({ span, lengthMs, critical }: { span: SpanSummary; lengthMs: number; critical: boolean }) {
  const share = (ms: number) => (lengthMs > 0 ? (ms / lengthMs) * 100 : 0);
  const left = Math.min(100, Math.max(0, share(span.offset_ms ?? 0)));
  const width = Math.min(100 - left, share(span.duration_ms ?? 0));
  return (
    <span className={styles.lane}>
      <span
        data-family={family(span.kind)}
        className={`${styles.bar} ${critical ? styles.critical : ""}`}
        style={{ left: `min(${left}%, 100% - 3px)`, width: `max(3px, ${width}%)` }}
      />
      {span.status === "error" && (
        <span className={styles.cross} style={{ left: `calc(${left + width}% + 3px)` }} aria-hidden>
          ✕
        </span>
      )}
    </span>
  );
}
