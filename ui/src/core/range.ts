/** The time range of a list: all time, the last so many hours or days, or from one moment to another.
 *  An address carries `since=24h` or `since=2026-11-15T00:00:00Z&until=...`. */

import { parseTime } from "./time";

export interface TimeRange {
  since?: string | undefined;
  until?: string | undefined;
}

export const RANGES: readonly { value: string; words: string }[] = [
  { value: "1h", words: "Last hour" },
  { value: "24h", words: "Last 24 hours" },
  { value: "7d", words: "Last 7 days" },
  { value: "30d", words: "Last 30 days" },
];

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** One end of a range as the API wants it: RFC 3339. Null when it says nothing. */
export function resolve(end: string | undefined, nowMs: number): string | null {
  if (!end) return null;
  const age = /^(\d{1,6})([mhd])$/.exec(end);
  if (age) return new Date(nowMs - Number(age[1]) * UNITS[age[2]!]!).toISOString();
  return parseTime(end) === null ? null : end;
}

export function rangeWords(range: TimeRange): string {
  const known = RANGES.find((each) => each.value === range.since && !range.until);
  if (known) return known.words;
  if (!range.since && !range.until) return "All time";
  const since = range.since ? short(range.since) : "";
  const until = range.until ? short(range.until) : "";
  if (since && until) return `${since} – ${until}`;
  return since ? `Since ${since}` : `Until ${until}`;
}

/** "between 15 Nov and 22 Nov", "in the last 24 hours": ends a sentence that begins with "Nothing". */
export function rangeSentence(range: TimeRange): string {
  const known = RANGES.find((each) => each.value === range.since && !range.until);
  if (known) return `in the ${known.words.toLowerCase()}`;
  if (range.since && range.until) return `between ${short(range.since)} and ${short(range.until)}`;
  return range.since ? `since ${short(range.since)}` : `until ${short(range.until ?? "")}`;
}

function short(end: string): string {
  const age = /^(\d+)([mhd])$/.exec(end);
  if (age) return `${age[1]} ${{ m: "min", h: "h", d: "d" }[age[2] as "m" | "h" | "d"]} ago`;
  const time = parseTime(end);
  if (time === null) return end;
  const date = new Date(time);
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  return midnight ? day : `${day} ${date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}
