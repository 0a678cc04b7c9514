import type { SessionFilter } from "../../api/queries";

/** Changes some of the filter; the rest stays. */
export type Change = (change: Partial<SessionFilter>) => void;

const KEYS = ["q", "user", "since", "until", "sort"] as const;

/** The part of the address that says which sessions, in which order. */
export function cleanSearch(search: Record<string, unknown>): SessionFilter {
  const found: SessionFilter = {};
  for (const key of KEYS) if (search[key]) found[key] = String(search[key]);
  return found;
}

export const DEFAULT_SORT = "-last_activity";

export const SORTS: readonly { field: string; words: string }[] = [
  { field: "last_activity", words: "Last activity" },
  { field: "start_time", words: "Started" },
  { field: "duration_ms", words: "Duration" },
  { field: "turn_count", words: "Turns" },
  { field: "error_count", words: "Errors" },
  { field: "latency_p95_ms", words: "Latency p95" },
  { field: "total_tokens", words: "Tokens" },
  { field: "cost_usd", words: "Cost" },
];

/** The largest first; a second click turns it around. */
export function nextSort(sort: string | undefined, field: string): string {
  return (sort ?? DEFAULT_SORT) === `-${field}` ? field : `-${field}`;
}
