import { type QueryClient, useQueries } from "@tanstack/react-query";
import { blockOf, TRANSCRIPT_TURNS_A_BLOCK, TURNS_A_BLOCK, transcriptBlock, turnsBlock } from "../../api/sessionBlocks";
import type { List, Message, Turn } from "../../api/types";

/** The turns from `first` to `last` (1-based), as far as they are here. */
export function useTurns(project: string, id: string, first: number, last: number): (turn: number) => Turn | undefined {
  const from = blockOf(first, TURNS_A_BLOCK);
  const results = useQueries({
    queries: blocks(from, blockOf(last, TURNS_A_BLOCK)).map((block) => turnsBlock(project, id, block)),
  });
  return (turn) => results[blockOf(turn, TURNS_A_BLOCK) - from]?.data?.data[(turn - 1) % TURNS_A_BLOCK];
}

/** One turn of the block that holds it. */
export function turnOf(turn: number): (block: List<Turn>) => Turn | undefined {
  return (block) => block.data[(turn - 1) % TURNS_A_BLOCK];
}

/** A turn that was asked for already. */
export function knownTurn(client: QueryClient, project: string, id: string, turn: number): Turn | undefined {
  const block = client.getQueryData(turnsBlock(project, id, blockOf(turn, TURNS_A_BLOCK)).queryKey);
  return block && turnOf(turn)(block);
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
      ...transcriptBlock(project, id, block),
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

function blocks(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}
