/** What the lists ask for: one filter, and everything that is said about exactly what it selects. */

import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { resolve } from "../core/range";
import { get, ofProject, type Parameters } from "./client";
import type { Differences, Facets, List, Query, Session, Stats, View } from "./types";

/** The part of the address that selects and orders sessions. */
export interface SessionFilter {
  q?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  sort?: string | undefined;
}

export const PAGE = 50;

/** The filter without order, as parameters. Relative times are resolved when asked, to the minute, so that
 *  pages agree. */
export function filterParameters(filter: SessionFilter, nowMs = Date.now()): Parameters {
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  return {
    q: filter.q?.trim() || undefined,
    since: resolve(filter.since, minute),
    until: resolve(filter.until, minute),
  };
}

/** An address says more than the filter; keys are made of what the server is asked. */
function selecting({ q, since, until }: SessionFilter): SessionFilter {
  return { q: q?.trim() || undefined, since, until };
}

export function sessionsQuery(project: string, filter: SessionFilter) {
  return infiniteQueryOptions({
    queryKey: ["sessions", project, { ...selecting(filter), sort: filter.sort }],
    initialPageParam: null as { cursor: string; asked: Parameters } | null,
    queryFn: async ({ pageParam, signal }) => {
      const asked = pageParam?.asked ?? { ...filterParameters(filter), sort: filter.sort || undefined };
      const path = ofProject(project, "sessions");
      const page = await get<List<Session>>(path, { ...asked, limit: PAGE, cursor: pageParam?.cursor }, signal);
      return { ...page, asked };
    },
    getNextPageParam: (last) => (last.next_cursor ? { cursor: last.next_cursor, asked: last.asked } : undefined),
    // Rows stay where they are until the reader asks for the new ones.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A list that is on its way goes first: what is counted over the same sessions must not slow it down. */
async function afterList(client: QueryClient, project: string, filter: SessionFilter): Promise<void> {
  // The list may begin in the same moment.
  await Promise.resolve();
  const lists = client.getQueryCache().findAll({ queryKey: ["sessions", project, selecting(filter)] });
  await Promise.allSettled(lists.filter((each) => each.state.fetchStatus !== "idle").map((each) => each.promise));
}

/** The session that the application calls by this id. */
export function sessionNamedQuery(project: string, sessionId: string) {
  return queryOptions({
    queryKey: ["session named", project, sessionId],
    queryFn: ({ signal }) =>
      get<List<Session>>(ofProject(project, "sessions"), { session_id: sessionId, limit: 1 }, signal),
  });
}

export function statsQuery(project: string, filter: SessionFilter) {
  return queryOptions({
    queryKey: ["stats", project, selecting(filter)],
    queryFn: async ({ client, signal }) => {
      await afterList(client, project, filter);
      return get<Stats>(ofProject(project, "stats"), filterParameters(filter), signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** `limit`: values of each facet at most; without it the most frequent few. */
export function facetsQuery(project: string, filter: SessionFilter, limit?: number) {
  return queryOptions({
    queryKey: ["facets", project, selecting(filter), ...(limit ? [limit] : [])],
    queryFn: async ({ client, signal }) => {
      await afterList(client, project, filter);
      return get<Facets>(ofProject(project, "facets"), { ...filterParameters(filter), limit }, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function differencesQuery(project: string, filter: SessionFilter) {
  return queryOptions({
    queryKey: ["differences", project, selecting(filter)],
    queryFn: ({ signal }) => get<Differences>(ofProject(project, "differences"), filterParameters(filter), signal),
    staleTime: 60_000,
  });
}

/** So many of the query's sessions by a seed: the same ones each time, in the same order. */
export function sampleQuery(project: string, filter: SessionFilter, seed: string, size: number) {
  return queryOptions({
    queryKey: ["sample", project, selecting(filter), seed, size],
    queryFn: ({ signal }) => {
      const asked = { ...filterParameters(filter), seed, size };
      return get<List<Session>>(ofProject(project, "sessions", "sample"), asked, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a query's match is: a list of traces is queried by turn. */
export type QueryScope = "session" | "turn";

/** The query as tokens, its error, and what could stand at the caret (in code points). */
export function queryHelpQuery(project: string, of: QueryScope, q: string, caret: number) {
  return queryOptions({
    queryKey: ["query", project, of, q, caret],
    queryFn: ({ signal }) => get<Query>(ofProject(project, "query"), { q, caret, of }, signal),
    staleTime: 30_000,
    gcTime: 60_000,
  });
}

export function viewsQuery(project: string) {
  return queryOptions({
    queryKey: ["views", project],
    queryFn: ({ signal }) => get<List<View>>(ofProject(project, "views"), {}, signal),
  });
}
