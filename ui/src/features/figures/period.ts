/** The period before a range, of the same length, that ends where the range begins. */

import { resolve, type TimeRange } from "../../core/range";
import { parseTime } from "../../core/time";

/** Null where the range has no beginning: everything has nothing before it. */
export function periodBefore(range: TimeRange, nowMs: number): { since: string; until: string } | null {
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  const since = parseTime(resolve(range.since, minute));
  const until = parseTime(resolve(range.until, minute)) ?? minute;
  if (since === null || until <= since) return null;
  return { since: new Date(since - (until - since)).toISOString(), until: new Date(since).toISOString() };
}

export interface Step {
  start_time: string;
  earlier: boolean;
  later: boolean;
}

/** The range that holds steps `first` to `last`; what lies before the first step or behind the last stays open. */
export function rangeOf(steps: readonly Step[], first: number, last: number, range: TimeRange): TimeRange {
  const next = steps[last + 1];
  return {
    since: steps[first]?.earlier ? range.since : steps[first]?.start_time,
    until: next ? next.start_time : range.until,
  };
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** Milliseconds as the query writes them: `500ms`, `10s`, `2h`. */
export function writtenMs(ms: number): string {
  const unit = UNITS.find(([, size]) => ms >= size && ms % size === 0);
  return unit ? `${ms / unit[1]}${unit[0]}` : `${Number(ms.toFixed(6))}ms`;
}

const FIELDS = { turns: "turns", duration: "duration", cost: "cost", latency: "latency" } as const;
export type Field = keyof typeof FIELDS;

/** The terms that select low <= figure < high; the last step holds its high end too. */
export function rangeTerms(field: Field, low: number, high: number, last: boolean): string[] {
  const written = (value: number) =>
    field === "duration" || field === "latency" ? writtenMs(value) : String(Number(value.toPrecision(12)));
  if (field === "turns" && high - low === 1 && !last) return [`turns:${low}`];
  return [`${FIELDS[field]}:>=${written(low)}`, `${FIELDS[field]}:${last ? "<=" : "<"}${written(high)}`];
}
