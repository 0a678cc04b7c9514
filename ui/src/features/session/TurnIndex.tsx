import { useVirtualizer } from "@tanstack/react-virtual";
import { Tag } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { Outline, Turn } from "../../api/types";
import { withoutTicks } from "../../core/code";
import { duration } from "../../core/format";
import { type IndexRow, indexRows, slowest } from "../../core/outline";
import styles from "./TurnIndex.module.css";
import { useTurns } from "./useTurns";

interface Props {
  project: string;
  id: string;
  outline: Outline;
  current: number;
  hits: ReadonlySet<number>;
  go: (turn: number) => void;
}

/** All turns of the session, one line each; follows the reading. */
export function TurnIndex({ project, id, outline, current, hits, go }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => indexRows(outline), [outline]);
  const most = useMemo(() => slowest(outline), [outline]);
  const at = useMemo(() => rows.findIndex((row) => row.kind === "turn" && row.turn === current), [rows, current]);
  const annotated = useMemo(() => new Set(outline.annotated), [outline]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "idle" ? 28 : 44),
    initialOffset: Math.max(0, at - 4) * 44,
    paddingStart: 8,
    paddingEnd: 16,
    overscan: 6,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the reader's move scrolls the index
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at]);
  const items = virtual.getVirtualItems();
  const seen = items.map((item) => turnOf(rows[item.index]!));
  const turn = useTurns(project, id, seen[0] ?? current, seen.at(-1) ?? current);
  return (
    <div ref={scroller} className={styles.scroller}>
      <ol className={styles.index} style={{ height: virtual.getTotalSize() }} aria-label="Turns">
        {items.map((item) => {
          const row = rows[item.index]!;
          const style = { top: item.start, height: item.size };
          if (row.kind === "idle") {
            return (
              <li key={item.key} className={`${styles.row} ${styles.idle}`} style={style}>
                {duration(row.idleMs)} idle
              </li>
            );
          }
          const latency = outline.latency_ms[row.turn - 1] ?? null;
          return (
            <li key={item.key} className={styles.row} style={style}>
              <Entry
                number={row.turn}
                turn={turn(row.turn)}
                latency={latency}
                share={latency === null || most === 0 ? 0 : latency / most}
                failed={outline.status[row.turn - 1] === 2}
                annotated={annotated.has(row.turn)}
                hit={hits.has(row.turn)}
                current={row.turn === current}
                go={go}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface EntryProps {
  number: number;
  turn: Turn | undefined;
  latency: number | null;
  share: number;
  failed: boolean;
  annotated: boolean;
  hit: boolean;
  current: boolean;
  go: (turn: number) => void;
}

function Entry({ number, turn, latency, share, failed, annotated, hit, current, go }: EntryProps) {
  return (
    <button
      type="button"
      className={styles.entry}
      aria-current={current ? "true" : undefined}
      onClick={() => go(number)}
    >
      <span className={`figure ${styles.number}`}>{number}</span>
      <span className={styles.words} dir="auto">
        {withoutTicks(turn?.input?.text.slice(0, 120) ?? "") || turn?.name || ""}
      </span>
      <span className={styles.marks}>
        {hit && <mark className={styles.hit}>hit</mark>}
        {annotated && (
          <>
            <Tag size={12} aria-hidden />
            <span className="unseen"> labelled</span>
          </>
        )}
        {failed && (
          <span className="error">
            ✕<span className="unseen"> error</span>
          </span>
        )}
      </span>
      <span className={styles.track} title={latency === null ? "" : duration(latency)}>
        <span className={styles.bar} style={{ width: `${Math.max(share * 100, latency === null ? 0 : 1)}%` }} />
      </span>
    </button>
  );
}

function turnOf(row: IndexRow): number {
  return row.kind === "turn" ? row.turn : row.beforeTurn;
}
