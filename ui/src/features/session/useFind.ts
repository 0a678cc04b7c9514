import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { findQuery } from "../../api/sessionQueries";

export interface Finding {
  text: string;
  /** Turns in which the text stands, oldest first, as far as they were asked for. */
  turns: readonly number[];
  hits: ReadonlySet<number>;
  waiting: boolean;
  more: boolean;
  /** The hit after or before a turn; from the last on to the first. */
  from: (turn: number, step: 1 | -1) => number | null;
}

export function useFind(project: string, id: string, text: string): Finding {
  const { data, isFetching, hasNextPage } = useInfiniteQuery(findQuery(project, id, text.trim()));
  const turns = useMemo(() => data?.pages.flatMap((page) => page.data.map((each) => each.turn_index)) ?? [], [data]);
  const hits = useMemo(() => new Set(turns), [turns]);
  const from = (turn: number, step: 1 | -1): number | null => {
    if (turns.length === 0) return null;
    if (step === 1) return turns.find((each) => each > turn) ?? turns[0]!;
    return turns.findLast((each) => each < turn) ?? turns.at(-1)!;
  };
  return { text: text.trim(), turns, hits, waiting: isFetching, more: hasNextPage, from };
}
