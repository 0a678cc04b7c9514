/** The turn index: one row a turn, with a row for each long pause between two. */

export interface OutlineColumns {
  turn_count: number;
  start_ms: (number | null)[];
  latency_ms: (number | null)[];
  status: number[];
}

export type IndexRow = { kind: "turn"; turn: number } | { kind: "idle"; beforeTurn: number; idleMs: number };

export const IDLE_FROM_MS = 300_000;

/** Turns count from 1. A pause runs from the end of all that came before to the next start. */
export function indexRows(outline: OutlineColumns): IndexRow[] {
  const rows: IndexRow[] = [];
  let lastEnd: number | null = null;
  for (let at = 0; at < outline.turn_count; at++) {
    const start = outline.start_ms[at] ?? null;
    if (start !== null && lastEnd !== null && start - lastEnd >= IDLE_FROM_MS) {
      rows.push({ kind: "idle", beforeTurn: at + 1, idleMs: start - lastEnd });
    }
    rows.push({ kind: "turn", turn: at + 1 });
    if (start !== null) lastEnd = Math.max(lastEnd ?? start, start + (outline.latency_ms[at] ?? 0));
  }
  return rows;
}

/** The slowest turn, which every bar is measured against. */
export function slowest(outline: OutlineColumns): number {
  let most = 0;
  for (const latency of outline.latency_ms) if (latency !== null && latency > most) most = latency;
  return most;
}

/** The first turn with an error; 1 where there is none. */
export function firstError({ status }: Pick<OutlineColumns, "status">): number {
  return Math.max(0, status.indexOf(ERROR)) + 1;
}

const ERROR = 2;
