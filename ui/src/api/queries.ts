/** What the page asks for, and under which key each answer is kept. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, ofProject, ofSession, ofTrace, type Parameters } from "./client";
import { filterParameters, PAGE } from "./listQueries";
import type { List, Message, Outline, Project, Session, Span, SpanSummary, Trace, Turn } from "./types";

export {
  facetsQuery,
  filterParameters,
  PAGE,
  type SessionFilter,
  sessionsQuery,
  statsQuery,
} from "./listQueries";

export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: ({ signal }) => get<List<Project>>("/v1/projects", { limit: 1000 }, signal),
  staleTime: 10_000,
});

export function sessionQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ["session", project, id],
    queryFn: ({ signal }) => get<Session>(ofSession(project, id), {}, signal),
  });
}

export function outlineQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ["outline", project, id],
    queryFn: ({ signal }) => get<Outline>(ofSession(project, id, "outline"), {}, signal),
  });
}

/** Turns `first` to `first + count - 1`. */
export function turnsQuery(project: string, id: string, first: number, count: number) {
  return queryOptions({
    queryKey: ["turns", project, id, first, count],
    queryFn: ({ signal }) =>
      get<List<Turn>>(ofSession(project, id, "turns"), { from_turn: first, limit: count }, signal),
  });
}

/** The messages of turns `first` to `first + count - 1`, however many pages they fill. */
export function transcriptQuery(project: string, id: string, first: number, count: number) {
  return queryOptions({
    queryKey: ["transcript", project, id, first, count],
    queryFn: async ({ signal }) => {
      const path = ofSession(project, id, "transcript");
      const messages: Message[] = [];
      let cursor: string | null = null;
      do {
        const where: Parameters = cursor ? { cursor } : { from_turn: first };
        const page: List<Message> = await get<List<Message>>(path, { ...where, limit: 60 }, signal);
        messages.push(...page.data);
        cursor = page.next_cursor;
      } while (cursor && (messages.at(-1)?.turn_index ?? 0) < first + count);
      return messages.filter((message) => message.turn_index < first + count);
    },
  });
}

export interface TraceFilter {
  q?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  /** `without-session`: only traces that belong to none. */
  only?: string | undefined;
  /** Only the traces of the session with this id. */
  session?: string | undefined;
}

export function tracesQuery(project: string, { only, session, ...filter }: TraceFilter) {
  return infiniteQueryOptions({
    queryKey: ["traces", project, only, session, filter.q?.trim(), filter.since, filter.until],
    initialPageParam: null as { cursor: string; asked: Parameters } | null,
    queryFn: async ({ pageParam, signal }) => {
      const without = only === "without-session" ? "true" : undefined;
      const asked = pageParam?.asked ?? { ...filterParameters(filter), session, without_session: without };
      const path = ofProject(project, "traces");
      const page = await get<List<Trace>>(path, { ...asked, limit: PAGE, cursor: pageParam?.cursor }, signal);
      return { ...page, asked };
    },
    getNextPageParam: (last) => (last.next_cursor ? { cursor: last.next_cursor, asked: last.asked } : undefined),
  });
}

export function traceQuery(project: string, traceId: string) {
  return queryOptions({
    queryKey: ["trace", project, traceId],
    queryFn: ({ signal }) => get<Trace>(ofTrace(project, traceId), {}, signal),
  });
}

export function spansQuery(project: string, traceId: string) {
  return infiniteQueryOptions({
    queryKey: ["spans", project, traceId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      get<List<SpanSummary>>(
        ofTrace(project, traceId, "spans"),
        { limit: 1000, cursor: pageParam || undefined },
        signal,
      ),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function spanQuery(project: string, traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ["span", project, traceId, spanId],
    queryFn: ({ signal }) => get<Span>(ofTrace(project, traceId, "spans", encodeURIComponent(spanId)), {}, signal),
  });
}
