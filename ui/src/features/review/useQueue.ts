import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type SessionFilter, sampleQuery, sessionsQuery, statsQuery } from "../../api/listQueries";
import type { Session } from "../../api/types";

export const SAMPLE = 30;
/** The next page is asked for while so many are still ahead. */
const AHEAD = 10;

export interface Queue {
  sessions: readonly Session[];
  /** Of the whole review; null while it is not known. */
  total: number | null;
  loading: boolean;
  error: unknown;
  retry: () => void;
}

/** What is reviewed: the query's sessions newest first, or 30 of them that a seed chooses. */
export function useQueue(project: string, filter: SessionFilter, seed: string | undefined, at: number): Queue {
  const chosen = useQuery({ ...sampleQuery(project, filter, seed ?? "", SAMPLE), enabled: seed !== undefined });
  const newest = useInfiniteQuery({ ...sessionsQuery(project, filter), enabled: seed === undefined });
  const stats = useQuery({ ...statsQuery(project, filter), enabled: seed === undefined });
  const rows = newest.data?.pages.flatMap((page) => page.data) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = newest;
  const near = seed === undefined && at > rows.length - AHEAD;
  useEffect(() => {
    if (near && hasNextPage && !isFetching) void fetchNextPage();
  }, [near, hasNextPage, isFetching, fetchNextPage]);
  if (seed !== undefined) {
    return {
      sessions: chosen.data?.data ?? [],
      total: chosen.data?.data.length ?? null,
      loading: chosen.isPending,
      error: chosen.error,
      retry: () => void chosen.refetch(),
    };
  }
  return {
    sessions: rows,
    total: stats.data ? Math.max(stats.data.sessions, rows.length) : null,
    loading: newest.isPending,
    error: newest.error,
    retry: () => void newest.refetch(),
  };
}
