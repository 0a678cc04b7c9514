/** A session's turns and messages in blocks that begin at fixed places: everything that shows them shares them. */

import type { QueryClient } from "@tanstack/react-query";
import { annotationNamesQuery } from "./annotations";
import { outlineQuery, sessionQuery, transcriptQuery, turnsQuery } from "./queries";

export const TURNS_A_BLOCK = 50;
export const TRANSCRIPT_TURNS_A_BLOCK = 10;

/** The block, counted from 0, that holds a turn, counted from 1. */
export function blockOf(turn: number, size: number): number {
  return Math.floor((Math.max(1, turn) - 1) / size);
}

export function turnsBlock(project: string, id: string, block: number) {
  return turnsQuery(project, id, block * TURNS_A_BLOCK + 1, TURNS_A_BLOCK);
}

export function transcriptBlock(project: string, id: string, block: number) {
  return transcriptQuery(project, id, block * TRANSCRIPT_TURNS_A_BLOCK + 1, TRANSCRIPT_TURNS_A_BLOCK);
}

/** Asks for what a session shows first, the words before all else: the outline of a long session takes longest. */
export function prefetchSession(client: QueryClient, project: string, id: string, turn = 1): void {
  void client.prefetchQuery(sessionQuery(project, id));
  void client.prefetchQuery(transcriptBlock(project, id, blockOf(turn, TRANSCRIPT_TURNS_A_BLOCK)));
  void client.prefetchQuery(turnsBlock(project, id, blockOf(turn, TURNS_A_BLOCK)));
  void client.prefetchQuery(annotationNamesQuery(project));
  void client.prefetchQuery(outlineQuery(project, id));
}
