/** A time range as a saved view holds it: `7d`, or `SINCE/UNTIL`; empty: all time. */

import type { TimeRange } from "./range";

export function toRange({ since, until }: TimeRange): string {
  if (!until) return since ?? "";
  return `${since ?? ""}/${until}`;
}

export function fromRange(text: string): TimeRange {
  const [since, until] = text.split("/");
  return { since: since || undefined, until: until || undefined };
}
