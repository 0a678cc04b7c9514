/** What a session's page asks for beyond the session itself. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, ofSession, type Parameters } from "./client";
import type { Hits, List, Message, Session } from "./types";

export interface TurnMatch {
  trace_id: string;
  turn_index: number;
  matches: Hits["first"][];
}

/** Turns in which a text stands, oldest first. */
export function findQuery(project: string, id: string, text: string) {
  return infiniteQueryOptions({
    queryKey: ["find", project, id, text],
    enabled: text !== "",
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      get<List<TurnMatch>>(
        ofSession(project, id, "search"),
        { q: text, limit: 500, cursor: pageParam || undefined },
        signal,
      ),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** Sessions with the same opening or tools and no error. */
export function similarQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ["similar", project, id],
    queryFn: async ({ signal }) =>
      (await get<List<Session>>(ofSession(project, id, "similar"), { limit: 20 }, signal)).data,
    staleTime: 60_000,
  });
}

/** Every message from the first turn to `last`: for texts that hold the conversation up to there. */
export async function messagesUpTo(project: string, id: string, last: number, first = 1): Promise<Message[]> {
  const messages: Message[] = [];
  let cursor: string | null = null;
  do {
    const where: Parameters = cursor ? { cursor } : { from_turn: first };
    const path = ofSession(project, id, "transcript");
    const page: List<Message> = await get<List<Message>>(path, { ...where, limit: 500 });
    messages.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor && (messages.at(-1)?.turn_index ?? 0) <= last);
  return messages.filter((message) => message.turn_index <= last);
}

/** One page of a list by its whole path, as a list remembered it. */
export async function nextPage(path: string): Promise<{ ids: string[]; more: string | null }> {
  const page = await get<List<Session>>(path);
  const address = new URL(path, "http://threadline.invalid");
  if (page.next_cursor) address.searchParams.set("cursor", page.next_cursor);
  const more = page.next_cursor ? `${address.pathname}${address.search}` : null;
  return { ids: page.data.map((each) => each.id), more };
}
