import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { spansQuery } from "../../api/queries";
import type { SpanSummary } from "../../api/types";
import { criticalPath } from "../../core/critical";
import { buildTree } from "../../core/tree";

/** A trace's spans as a tree. All summaries are needed to draw it; they come 1,000 at a time and are drawn each
 *  time their number has doubled, so that 100,000 cost twice what they cost at once, not fifty times. */
export function useSpans(project: string, traceId: string) {
  const query = useInfiniteQuery(spansQuery(project, traceId));
  const { hasNextPage, isFetching, isError, fetchNextPage, data } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);

  const whole = data !== undefined && !hasNextPage;
  const pages = data?.pages ?? [];
  const drawn = whole ? pages.length : 2 ** Math.floor(Math.log2(Math.max(1, pages.length)));
  const kept = useRef<{ pages: readonly unknown[]; spans: SpanSummary[] }>({ pages: [], spans: [] });
  const known = kept.current.pages;
  if (known.length !== Math.min(drawn, pages.length) || known.some((page, at) => page !== pages[at])) {
    const taken = pages.slice(0, drawn);
    kept.current = { pages: taken, spans: taken.flatMap((page) => page.data) };
  }
  const { spans } = kept.current;
  const tree = useMemo(() => buildTree(spans), [spans]);
  // Half a trace has another path than the whole.
  const path = useMemo(() => (whole ? criticalPath(tree) : new Set<string>()), [whole, tree]);
  return { spans, tree, path, whole, error: query.error, refetch: query.refetch };
}

/** The time that the waterfall spans: to the end of the last span, which may outlive the root. */
export function lengthOf(spans: readonly SpanSummary[], latencyMs: number | null): number {
  let most = latencyMs ?? 0;
  for (const span of spans) most = Math.max(most, (span.offset_ms ?? 0) + (span.duration_ms ?? 0));
  return most;
}
