import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type RefObject, useCallback } from "react";
import type { List } from "../../api/types";
import { type Entered, useLedOn } from "../query/useEntered";
import { openRow } from "./rows";

interface OfProject {
  project: string;
}

interface Pages<Row> {
  rows: Row[];
  /** Nothing of this project is here yet. */
  waiting: boolean;
  /** The rows are what is asked for, not those of the question before. */
  ready: boolean;
  /** Asks for the next page, if there is one. */
  more: () => void;
}

/** The rows that an endless list of a project holds so far. */
export function usePages<Row extends OfProject>(
  query: UseInfiniteQueryResult<InfiniteData<List<Row>>>,
  project: string,
): Pages<Row> {
  const { data, isPending, isPlaceholderData, fetchNextPage, hasNextPage, isFetching } = query;
  const foreign = isPlaceholderData && data?.pages[0]?.data[0]?.project !== project;
  const rows = foreign ? [] : (data?.pages.flatMap((page) => page.data) ?? []);
  const waiting = isPending || foreign;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  return { rows, waiting, ready: !waiting && !isPlaceholderData, more };
}

/** Enter in the box opens the one row that was found, and leads to the first of several. */
export function useEnter(
  entered: Entered,
  shown: { query: string | undefined; ready: boolean; count: number },
  scroller: RefObject<HTMLElement | null>,
  toFirst: () => void,
): void {
  useLedOn(entered, shown, () => {
    scroller.current?.scrollTo({ top: 0 });
    if (shown.count === 1) openRow(scroller.current, 0);
    else if (shown.count > 1) toFirst();
  });
}
