/** The figures of the strip: what each says, and where its numbers stand in the answer. */

import type { Bucket, Stats } from "../../api/types";
import { duration, integer, money, percent } from "../../core/format";

export type Spread = "turns" | "duration" | "cost" | "latency" | "drop";

export interface Figure {
  id: string;
  label: string;
  /** Of all sessions; null where nothing is known. */
  of: (stats: Stats) => number | null;
  /** Of one step of the series. */
  step: (bucket: Bucket) => number | null;
  words: (value: number | null) => string;
  beside: (stats: Stats) => string;
  tone?: "error";
  /** The distribution that opens with it. */
  spread: Spread;
  /** What one more of it means: for the arrow beside the change no colour, only the direction. */
}

const each = (value: number, stats: Stats) => (stats.sessions ? value / stats.sessions : 0);

export const FIGURES: readonly Figure[] = [
  {
    id: "sessions",
    label: "Sessions",
    of: (stats) => stats.sessions,
    step: (bucket) => bucket.sessions,
    words: integer,
    beside: () => "",
    spread: "duration",
  },
  {
    id: "errors",
    label: "With errors",
    of: (stats) => stats.sessions_with_errors,
    step: (bucket) => bucket.sessions_with_errors,
    words: integer,
    beside: (stats) => (stats.sessions_with_errors ? percent(each(stats.sessions_with_errors, stats)) : ""),
    tone: "error",
    spread: "turns",
  },
  {
    id: "turns",
    label: "Turns",
    of: (stats) => stats.turns,
    step: (bucket) => bucket.turns,
    words: integer,
    beside: (stats) => (stats.sessions ? `${each(stats.turns, stats).toFixed(1)} a session` : ""),
    spread: "turns",
  },
  {
    id: "users",
    label: "End users",
    of: (stats) => stats.user_count,
    step: (bucket) => bucket.users ?? 0,
    words: integer,
    beside: () => "",
    spread: "drop",
  },
  {
    id: "latency",
    label: "Latency p95",
    of: (stats) => stats.turn_latency_p95_ms,
    step: (bucket) => bucket.latency_p95_ms ?? null,
    words: duration,
    beside: (stats) => (stats.turn_latency_p50_ms === null ? "" : `p50 ${duration(stats.turn_latency_p50_ms)}`),
    spread: "latency",
  },
  {
    id: "cost",
    label: "Cost",
    of: (stats) => stats.cost_usd,
    step: (bucket) => bucket.cost_usd,
    words: money,
    beside: costBeside,
    spread: "cost",
  },
];

function costBeside(stats: Stats): string {
  if (stats.cost_usd === null) return stats.total_tokens > 0 ? "no price known" : "";
  return stats.cost_complete ? `${money(each(stats.cost_usd, stats))} a session` : "some prices unknown";
}

export interface Change {
  /** "▲ 8 %", "▼ 12 %", "as before". */
  words: string;
  /** For a screen reader and on hover. */
  spoken: string;
}

/** How a figure stands against the period before; null where there is nothing to compare with. */
export function changeOf(
  now: number | null,
  before: number | null,
  words: (value: number | null) => string,
): Change | null {
  if (now === null || before === null) return null;
  const spoken = `${words(before)} in the period before`;
  if (now === before) return { words: "as before", spoken };
  if (before === 0) return { words: "▲ new", spoken };
  const share = Math.abs(now - before) / before;
  const shown = share >= 10 ? `× ${Math.round(now / before)}` : percent(share);
  return { words: `${now > before ? "▲" : "▼"} ${shown}`, spoken };
}
