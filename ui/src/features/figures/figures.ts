/** The figures of the strip: what each says, and where its numbers stand in the answer. */

import type { Bucket, Range, Stats } from "../../api/types";
import { compact, duration, integer, money, percent } from "../../core/format";

export type Spread = "turns" | "duration" | "cost" | "latency" | "drop";

export interface Figure {
  id: string;
  label: string;
  /** Of all sessions; null where nothing is known. */
  of: (stats: Stats) => number | null;
  /** Of one step of the series; without it the figure is one of whole sessions and has no place in time. */
  step?: (bucket: Bucket) => number | null;
  words: (value: number | null) => string;
  beside: (stats: Stats) => string;
  tone?: "error";
  /** The distribution that opens with it. */
  spread: Spread;
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
    id: "duration",
    label: "Duration p95",
    of: (stats) => stats.session_duration_p95_ms,
    words: roughly,
    beside: (stats) => (stats.session_duration_p50_ms === null ? "" : `p50 ${roughly(stats.session_duration_p50_ms)}`),
    spread: "duration",
  },
  {
    id: "tokens",
    label: "Tokens",
    of: (stats) => stats.total_tokens,
    step: (bucket) => bucket.total_tokens,
    words: compact,
    beside: (stats) => (stats.sessions ? `${compact(Math.round(each(stats.total_tokens, stats)))} a session` : ""),
    spread: "turns",
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

/** Ten minutes and more without their seconds: there is little room. */
function roughly(ms: number | null): string {
  const whole = ms !== null && ms >= 600_000;
  return duration(whole ? Math.round(ms / 60_000) * 60_000 : ms);
}

function costBeside(stats: Stats): string {
  if (stats.cost_usd === null) return stats.total_tokens > 0 ? "no price known" : "";
  return stats.cost_complete ? `${money(each(stats.cost_usd, stats))} each` : "partly priced";
}

/** The bars beside a figure: over time, else how the sessions spread. */
export function barsOf(figure: Figure, stats: Stats | undefined): number[] {
  const { step } = figure;
  if (!stats) return [];
  if (step) return stats.series.map((bucket) => step(bucket) ?? 0);
  return figure.spread === "drop" ? [] : rangesOf(stats, figure.spread).map((range) => range.sessions);
}

export function rangesOf(stats: Stats, spread: Exclude<Spread, "drop">): Range[] {
  const all = stats.distributions;
  if (!all) return [];
  return { turns: all.turns, duration: all.duration_ms, cost: all.cost_usd, latency: all.latency_ms }[spread];
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
