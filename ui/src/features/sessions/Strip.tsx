import type { Stats } from "../../api/types";
import { Bars } from "../../components/Bars";
import { Skeleton } from "../../components/Skeleton";
import { duration, integer, money, percent } from "../../core/format";
import styles from "./Strip.module.css";

interface Shown {
  label: string;
  value: string;
  beside?: string;
  bars?: number[];
  tone?: "error";
}

/** The figures over exactly what the list holds. */
export function Strip({ stats, failed }: { stats: Stats | undefined; failed: boolean }) {
  const figures = stats ? shown(stats) : LABELS.map((label) => ({ label, value: "" }));
  return (
    <dl className={styles.strip} aria-label="Figures">
      {figures.map((figure: Shown) => (
        <div key={figure.label} className={styles.figure}>
          <dt className={styles.label}>{figure.label}</dt>
          <dd className={styles.value}>
            <span className={`figure ${styles.number}`}>
              {figure.value || (stats || failed ? "" : <Skeleton width="4rem" />)}
            </span>
            {figure.beside && <span className={styles.beside}>{figure.beside}</span>}
          </dd>
          <dd className={styles.bars}>
            <Bars values={figure.bars ?? []} tone={figure.tone ?? "plain"} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const LABELS = ["Sessions", "With errors", "Turns", "End users", "Latency p95", "Cost"];

function shown(stats: Stats): Shown[] {
  const series = stats.series;
  const a = (value: number) => (stats.sessions ? value / stats.sessions : 0);
  const known = stats.cost_usd !== null;
  return [
    { label: "Sessions", value: integer(stats.sessions), bars: series.map((bucket) => bucket.sessions) },
    {
      label: "With errors",
      value: integer(stats.sessions_with_errors),
      beside: stats.sessions_with_errors ? percent(a(stats.sessions_with_errors)) : "",
      bars: series.map((bucket) => bucket.sessions_with_errors),
      tone: "error",
    },
    {
      label: "Turns",
      value: integer(stats.turns),
      beside: stats.sessions ? `${a(stats.turns).toFixed(1)} a session` : "",
      bars: series.map((bucket) => bucket.turns),
    },
    { label: "End users", value: integer(stats.user_count) },
    {
      label: "Latency p95",
      value: duration(stats.turn_latency_p95_ms),
      beside: stats.turn_latency_p50_ms === null ? "" : `p50 ${duration(stats.turn_latency_p50_ms)}`,
    },
    {
      label: "Cost",
      value: money(stats.cost_usd),
      beside: known
        ? stats.cost_complete
          ? `${money(a(stats.cost_usd!))} a session`
          : "some prices unknown"
        : stats.total_tokens > 0
          ? "no price known"
          : "",
      bars: known ? series.map((bucket) => bucket.cost_usd) : [],
    },
  ];
}
