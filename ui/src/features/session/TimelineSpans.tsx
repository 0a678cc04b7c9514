import { useQueries } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { get, ofTrace } from "../../api/client";
import type { List, Outline, SpanSummary } from "../../api/types";
import { pageName } from "../../core/address";
import { duration } from "../../core/format";
import { family } from "../../core/kinds";
import { type Axis, type Bar, placeOf } from "../../core/timeline";
import { buildTree, treeRows } from "../../core/tree";
import styles from "./Timeline.module.css";
import { useTurns } from "./useTurns";

export const SPAN_ROW_PX = 10;
export const SPAN_ROWS = 6;
const TURNS_MAX = 12;
const NOTHING_FOLDED: ReadonlySet<string> = new Set();

interface Props {
  project: string;
  id: string;
  outline: Outline;
  axis: Axis;
  /** Those in sight. */
  bars: readonly Bar[];
  top: number;
}

/** The spans of the turns in sight, by depth, coloured by kind. More than twelve turns want a closer look. */
export function TimelineSpans({ project, id, outline, axis, bars, top }: Props) {
  const first = bars[0]?.first ?? 1;
  const last = Math.min(bars.at(-1)?.last ?? 1, first + TURNS_MAX - 1);
  const close = (bars.at(-1)?.last ?? 1) === last;
  const navigate = useNavigate();
  const open = (traceId: string, span: string) =>
    void navigate({
      to: "/p/$project/traces/$traceId",
      params: { project: pageName(project), traceId },
      search: { span },
    });
  const turn = useTurns(project, id, first, last);
  const turns = close ? Array.from({ length: last - first + 1 }, (_, at) => turn(first + at)) : [];
  const found = useQueries({
    queries: turns.map((each) => ({
      queryKey: ["spans-of-turn", project, each?.trace_id ?? ""],
      enabled: each !== undefined,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<List<SpanSummary>>(ofTrace(project, each!.trace_id, "spans"), { limit: 200 }, signal),
    })),
  });
  if (!close) {
    return (
      <text x={axis.width > 0 ? (bars[0]?.x ?? 0) : 0} y={top + 12} className={styles.hint}>
        Zoom in to 12 turns or fewer to see their spans
      </text>
    );
  }
  return turns.map((each, at) => {
    const data = found[at]?.data?.data;
    const startMs = outline.start_ms[first + at - 1] ?? null;
    if (!each || !data || startMs === null) return null;
    return (
      <TurnSpans
        key={each.trace_id}
        spans={data}
        axis={axis}
        startMs={startMs}
        top={top}
        open={(span) => open(each.trace_id, span)}
      />
    );
  });
}

interface TurnProps {
  spans: readonly SpanSummary[];
  axis: Axis;
  startMs: number;
  top: number;
  open: (span: string) => void;
}

function TurnSpans({ spans, axis, startMs, top, open }: TurnProps) {
  const rows = useMemo(() => treeRows(buildTree(spans), NOTHING_FOLDED), [spans]);
  return rows
    .filter((row) => row.depth < SPAN_ROWS && row.span.offset_ms !== null)
    .map(({ span, depth }) => {
      const from = placeOf(axis, startMs + (span.offset_ms ?? 0));
      const to = placeOf(axis, startMs + (span.offset_ms ?? 0) + (span.duration_ms ?? 0));
      const failed = span.status === "error";
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: the trace's page offers the same spans by keyboard
        <rect
          key={span.span_id}
          className={failed ? styles.failed : styles[family(span.kind)]}
          x={from}
          y={top + depth * SPAN_ROW_PX}
          width={Math.max(2, to - from)}
          height={SPAN_ROW_PX - 2}
          onClick={(event) => {
            event.stopPropagation();
            open(span.span_id);
          }}
        >
          <title>
            {span.name}
            {failed ? ", error" : ""}, {duration(span.duration_ms)}
          </title>
        </rect>
      );
    });
}
