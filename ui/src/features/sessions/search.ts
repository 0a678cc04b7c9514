import type { SessionFilter } from "../../api/listQueries";
import { termOf, withTerm } from "../query/terms";

/** Everything that the page's address says. */
export interface SessionSearch extends SessionFilter {
  /** The saved view that the rest came from. */
  view?: string | undefined;
  /** The figure whose chart is open above the list. */
  chart?: string | undefined;
  /** `rest`: the panel that compares the query with the rest is open. */
  compare?: string | undefined;
  /** A link to an end user's sessions; it becomes a term of `q`. */
  user?: string | undefined;
}

/** Changes some of the search; the rest stays. `typing`: without an entry in the browser's history. */
export type Change = (change: Partial<SessionSearch>, typing?: boolean) => void;

const KEYS = ["q", "since", "until", "sort", "view", "chart", "compare"] as const;

export function cleanSearch(search: Record<string, unknown>): SessionSearch {
  const found: SessionSearch = {};
  for (const key of KEYS) if (search[key]) found[key] = String(search[key]);
  if (search.user) found.q = withTerm(found.q ?? "", termOf("user", String(search.user)));
  return found;
}

/** What selects and orders sessions, without what else is on the screen. */
export function filterOf({ q, since, until, sort }: SessionSearch): SessionFilter {
  return { q, since, until, sort };
}

export const DEFAULT_SORT = "-last_activity";

export const SORTS: readonly { field: string; words: string; short: string }[] = [
  { field: "last_activity", words: "Last activity", short: "Last" },
  { field: "start_time", words: "Started", short: "Started" },
  { field: "duration_ms", words: "Duration", short: "Duration" },
  { field: "turn_count", words: "Turns", short: "Turns" },
  { field: "error_count", words: "Errors", short: "Errors" },
  { field: "latency_p95_ms", words: "Latency p95", short: "p95" },
  { field: "total_tokens", words: "Tokens", short: "Tokens" },
  { field: "cost_usd", words: "Cost", short: "Cost" },
];

/** The largest first; a second click turns it around. */
export function nextSort(sort: string | undefined, field: string): string {
  return (sort ?? DEFAULT_SORT) === `-${field}` ? field : `-${field}`;
}
