import type { SessionFilter } from "../../api/queries";
import type { Session } from "../../api/types";
import type { Column } from "../../components/Table";
import { Ago } from "../../components/Time";
import { compact, duration, integer, money, plural } from "../../core/format";
import { Conversation } from "./Conversation";
import styles from "./columns.module.css";

/** How much room there is: a column never shrinks below its figure, so some go. */
export type Room = "stacked" | "little" | "usual" | "much";

/** What a row shows: two lines of conversation, then figures. */
export function columnsFor(project: string, filter: SessionFilter, room: Room): Column<Session>[] {
  const stacked = room === "stacked";
  const little = room === "little";
  const roomy = room === "much";
  const all: (Column<Session> & { when?: boolean })[] = [
    {
      id: "conversation",
      header: "Conversation",
      track: "minmax(0, 1fr)",
      cell: (row) => <Conversation project={project} session={row} q={filter.q} />,
    },
    {
      id: "user",
      header: "End user",
      track: "minmax(64px, 112px)",
      when: !little,
      cell: (row) => <Users session={row} />,
    },
    {
      id: "turns",
      header: "Turns",
      track: "max(44px, 6ch)",
      figure: true,
      sort: "turn_count",
      cell: (row) =>
        stacked ? <span className={styles.dim}>{plural(row.turn_count, "turn")}</span> : integer(row.turn_count),
    },
    {
      id: "errors",
      header: "Errors",
      track: "56px",
      figure: true,
      sort: "error_count",
      cell: (row) => <Errors count={row.error_count} stacked={stacked} />,
    },
    {
      id: "duration",
      header: "Duration",
      track: "96px",
      figure: true,
      sort: "duration_ms",
      when: roomy,
      cell: (row) => duration(row.duration_ms),
    },
    {
      id: "latency",
      header: "Latency p95",
      track: "76px",
      figure: true,
      sort: "latency_p95_ms",
      cell: (row) => duration(row.latency_p95_ms),
    },
    {
      id: "tokens",
      header: "Tokens",
      track: "60px",
      figure: true,
      sort: "total_tokens",
      when: !stacked && !little,
      cell: (row) => (row.total_tokens ? compact(row.total_tokens) : ""),
    },
    {
      id: "cost",
      header: "Cost",
      track: "68px",
      figure: true,
      sort: "cost_usd",
      when: !stacked,
      cell: (row) => <Cost session={row} />,
    },
    {
      id: "started",
      header: "Started",
      track: "72px",
      figure: true,
      sort: "start_time",
      when: roomy,
      cell: (row) => <Ago time={row.start_time} />,
    },
    {
      id: "last",
      header: "Last",
      track: "68px",
      figure: true,
      sort: "last_activity",
      cell: (row) => <Last session={row} />,
    },
  ];
  return all.filter((column) => column.when !== false);
}

function Users({ session }: { session: Session }) {
  const [first] = session.user_ids.values;
  const more = session.user_ids.count - 1;
  if (!first) return null;
  return (
    <div className={styles.user} title={session.user_ids.values.join(", ")}>
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
