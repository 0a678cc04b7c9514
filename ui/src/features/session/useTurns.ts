import { type QueryClient, useQueries } from "@tanstack/react-query";
import { outlineQuery, sessionQuery, transcriptQuery, turnsQuery } from "../../api/queries";
import type { Message, Turn } from "../../api/types";

/** Turns come in blocks that begin at fixed places, so that the index and the transcript share them. */
const TURNS_A_BLOCK = 50;
const TRANSCRIPT_TURNS_A_BLOCK = 10;

/** The turns from `first` to `last` (1-based), as far as they are here. */
export function useTurns(project: string, id: string, first: number, last: number): (turn: number) => Turn | undefined {
  const from = blockOf(first, TURNS_A_BLOCK);
  const results = useQueries({
    queries: blocks(from, blockOf(last, TURNS_A_BLOCK)).map((block) =>
      turnsQuery(project, id, block * TURNS_A_BLOCK + 1, TURNS_A_BLOCK),
    ),
  });
  return (turn) => results[blockOf(turn, TURNS_A_BLOCK) - from]?.data?.data[(turn - 1) % TURNS_A_BLOCK];
}

/** A turn that was asked for already. */
export function knownTurn(client: QueryClient, project: string, id: string, turn: number): Turn | undefined {
  const first = blockOf(turn, TURNS_A_BLOCK) * TURNS_A_BLOCK + 1;
  return client.getQueryData(turnsQuery(project, id, first, TURNS_A_BLOCK).queryKey)?.data[turn - first];
}

/** Asks for what a session shows first. */
export function prefetchSession(client: QueryClient, project: string, id: string): void {
  void client.prefetchQuery(sessionQuery(project, id));
  void client.prefetchQuery(outlineQuery(project, id));
  void client.prefetchQuery(turnsQuery(project, id, 1, TURNS_A_BLOCK));
  void client.prefetchQuery(transcriptQuery(project, id, 1, TRANSCRIPT_TURNS_A_BLOCK));
}

export interface Messages {
  /** A turn's messages; undefined while they are on the way. */
  of: (turn: number) => Message[] | undefined;
  error: unknown;
  retry: () => void;
}

export function useMessages(project: string, id: string, first: number, last: number, enabled: boolean): Messages {
  const from = blockOf(first, TRANSCRIPT_TURNS_A_BLOCK);
  const results = useQueries({
    queries: blocks(from, blockOf(last, TRANSCRIPT_TURNS_A_BLOCK)).map((block) => ({
      ...transcriptQuery(project, id, block * TRANSCRIPT_TURNS_A_BLOCK + 1, TRANSCRIPT_TURNS_A_BLOCK),
      enabled,
      select: byTurn,
    })),
  });
  const failed = results.find((result) => result.error);
  return {
    of: (turn) => {
      const data = results[blockOf(turn, TRANSCRIPT_TURNS_A_BLOCK) - from]?.data;
      return data && (data.get(turn) ?? NONE);
    },
    error: failed?.error,
    retry: () => void Promise.all(results.filter((result) => result.error).map((result) => result.refetch())),
  };
}

const NONE: Message[] = [];

function byTurn(messages: Message[]): Map<number, Message[]> {
  const found = new Map<number, Message[]>();
  for (const message of messages) {
    const turn = found.get(message.turn_index);
    if (turn) turn.push(message);
    else found.set(message.turn_index, [message]);
  }
  return found;
}

function blockOf(turn: number, size: number): number {
  return Math.floor((Math.max(1, turn) - 1) / size);
}

function blocks(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}
