import type { ReactNode } from "react";
import type { Session } from "../../api/types";
import { Ago } from "../../components/Time";
import { compact, duration, integer, money, plural } from "../../core/format";
import styles from "./columns.module.css";
import type { Sized } from "./layout";

export interface SessionColumn extends Sized {
  header: string;
  figure: boolean;
  sort?: string;
  /** A figure alone says nothing on a phone: there it carries its unit. */
  cell: (row: Session, stacked: boolean) => ReactNode;
}

const NOW_AND_THEN = 68;
const EXACT = 124;
const WIDE = 1680;
const MIDDLE = 1280;
const NEVER = 100_000;

/** Everything a row can show beside the conversation, as it stands when nobody chose. */
export function sessionColumns(times: "relative" | "exact"): SessionColumn[] {
  const time = times === "exact" ? EXACT : NOW_AND_THEN;
  return [
    words("user", "End user", 112, MIDDLE, (row) => <Names named={row.user_ids} />),
    figure("turns", "Turns", "turn_count", 44, 0, (row, stacked) =>
      stacked ? <span className={styles.dim}>{plural(row.turn_count, "turn")}</span> : integer(row.turn_count),
    ),
    figure("errors", "Errors", "error_count", 56, 0, (row, stacked) => (
      <Errors count={row.error_count} stacked={stacked} />
    )),
    figure("duration", "Duration", "duration_ms", 92, WIDE, (row) => duration(row.duration_ms)),
    figure("latency", "Latency p95", "latency_p95_ms", 80, 0, (row) => duration(row.latency_p95_ms)),
    figure("tokens", "Tokens", "total_tokens", 60, MIDDLE, (row) =>
      row.total_tokens ? compact(row.total_tokens) : "",
    ),
    figure("cost", "Cost", "cost_usd", 68, 0, (row) => <Cost session={row} />),
    words("models", "Models", 128, WIDE, (row) => <Names named={row.models} />),
    words("tools", "Tools", 128, NEVER, (row) => <Names named={row.tools} />),
    words("environment", "Environment", 96, NEVER, (row) => <Names named={row.environments} />),
    words("id", "Session id", 128, NEVER, (row) => (
      <div className={`mono ${styles.words}`} title={row.session_id}>
        {row.session_id}
      </div>
    )),
    figure("started", "Started", "start_time", time, WIDE, (row) => (
      <span className={styles.dim}>
        <Ago time={row.start_time} />
      </span>
    )),
    figure("last", "Last", "last_activity", time, 0, (row) => <Last session={row} />),
  ];
}

function words(
  id: string,
  header: string,
  width: number,
  from: number,
  cell: (row: Session) => ReactNode,
): SessionColumn {
  return { id, header, width, least: 64, from, figure: false, cell };
}

function figure(
  id: string,
  header: string,
  sort: string,
  width: number,
  from: number,
  cell: (row: Session, stacked: boolean) => ReactNode,
): SessionColumn {
  return { id, header, sort, width, least: width, from, figure: true, cell };
}

interface Several {
  values: readonly (string | { name: string })[];
  count: number;
}

function Names({ named }: { named: Several }) {
  const names = named.values.map((each) => (typeof each === "string" ? each : each.name));
  const [first] = names;
  const more = named.count - 1;
  if (!first) return null;
  return (
    <div className={styles.words} title={names.join(", ")}>
      {first}
      {more > 0 && <span className="muted"> +{more}</span>}
    </div>
  );
}

function Errors({ count, stacked }: { count: number; stacked: boolean }) {
  if (count === 0) return stacked ? null : <span className={styles.dim}>0</span>;
  return (
    <span className={styles.errors}>
      ✕ {integer(count)}
      <span className="unseen"> with errors</span>
    </span>
  );
}

function Cost({ session }: { session: Session }) {
  if (session.cost_usd === null) return null;
  return (
    <span title={session.cost_complete ? undefined : "At least: the price of some models is not known"}>
      {session.cost_complete ? "" : "≥ "}
      {money(session.cost_usd)}
    </span>
  );
}

function Last({ session }: { session: Session }) {
  return (
    <span className={styles.dim}>
      {session.clock_skew && <span title="Later than the server's clock">⚠ </span>}
      <Ago time={session.last_activity} />
    </span>
  );
}
