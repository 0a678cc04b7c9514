import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Trace } from "../../api/types";
import { Ago } from "../../components/Time";
import { pageName } from "../../core/address";
import { compact, duration, integer, money, plural } from "../../core/format";
import type { Sized } from "../sessions/layout";
import styles from "./TracesPage.module.css";

export interface TraceColumn extends Sized {
  header: string;
  figure: boolean;
  cell: (row: Trace, stacked: boolean) => ReactNode;
}

const MIDDLE = 1280;
const WIDE = 1680;
const NEVER = 100_000;

/** Everything a row can show beside what was said, as it stands when nobody chose. */
export function traceColumns(project: string, times: "relative" | "exact"): TraceColumn[] {
  return [
    words("session", "Session", 144, 0, (row) => <OfSession project={project} trace={row} />),
    words("user", "End user", 112, MIDDLE, (row) => row.user_id),
    words("model", "Models", 128, WIDE, (row) => row.models.join(", ")),
    words("service", "Service", 112, NEVER, (row) => row.services.join(", ")),
    words("environment", "Environment", 96, NEVER, (row) => row.environments.join(", ")),
    words("id", "Trace id", 144, NEVER, (row) => <span className="mono">{row.trace_id}</span>),
    words("status", "Status", 64, 0, (row) => row.status === "error" && <span className="error">✕ error</span>),
    figure("spans", "Spans", 56, MIDDLE, (row, stacked) =>
      stacked ? plural(row.span_count, "span") : integer(row.span_count),
    ),
    figure("latency", "Latency", 76, 0, (row) => (row.latency_ms === null ? "open" : duration(row.latency_ms))),
    figure("tokens", "Tokens", 60, MIDDLE, (row) => (row.total_tokens ? compact(row.total_tokens) : "")),
    figure(
      "cost",
      "Cost",
      68,
      0,
      (row) => `${row.cost_usd !== null && !row.cost_complete ? "≥ " : ""}${money(row.cost_usd)}`,
    ),
    figure("started", "Started", times === "exact" ? 124 : 68, 0, (row) => (
      <span className="muted">
        <Ago time={row.start_time} />
      </span>
    )),
  ];
}

function words(
  id: string,
  header: string,
  width: number,
  from: number,
  content: (row: Trace) => ReactNode,
): TraceColumn {
  const cell = (row: Trace) => {
    const shown = content(row);
    return shown ? <div className={styles.words}>{shown}</div> : null;
  };
  return { id, header, width, least: 48, from, figure: false, cell };
}

function figure(id: string, header: string, width: number, from: number, cell: TraceColumn["cell"]): TraceColumn {
  return { id, header, width, least: width, from, figure: true, cell };
}

/** What was asked and answered; the whole row leads to the trace. */
export function Said({ project, trace, compact: short }: { project: string; trace: Trace; compact: boolean }) {
  const first = trace.input?.text.slice(0, 280) || trace.name || trace.trace_id;
  const second = trace.output?.text.slice(0, 280) || trace.status_message || (trace.input ? trace.name : "");
  return (
    <div className={short ? styles.oneLine : styles.said}>
      <Link
        to="/p/$project/traces/$traceId"
        params={{ project: pageName(project), traceId: trace.trace_id }}
        search={{}}
        className={styles.name}
        dir="auto"
      >
        {first}
      </Link>
      <div className={styles.second} dir="auto">
        {second}
      </div>
    </div>
  );
}

function OfSession({ project, trace }: { project: string; trace: Trace }) {
  if (!trace.session_key) return <span className={styles.without}>no session id</span>;
  return (
    <Link
      to="/p/$project/sessions/$id"
      params={{ project: pageName(project), id: trace.session_key }}
      search={trace.turn_index && trace.turn_index > 1 ? { turn: String(trace.turn_index) } : {}}
      className={styles.session}
      title={trace.session_id ?? ""}
    >
      {trace.session_id}
    </Link>
  );
}
