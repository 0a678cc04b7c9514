import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { spansQuery, traceQuery } from "../../api/queries";
import { Broken } from "../../components/State";
import { pageName } from "../../core/address";
import { ancestors, buildTree, criticalPath, firstError, treeRows } from "../../core/tree";
import { useKeys } from "../shell/keys";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { SpanDetails } from "./SpanDetails";
import { SpanTree } from "./SpanTree";
import { TraceHeader } from "./TraceHeader";
import styles from "./TracePage.module.css";

/** Drawing the path through more spans than this costs more than it tells. */
const CRITICAL_PATH_SPANS_MAX = 20_000;

/** One trace: tree and waterfall in one, and the chosen span beside it. */
export function TracePage() {
  const project = useProject();
  const { traceId } = useParams({ from: "/p/$project/traces/$traceId" });
  const search = useSearch({ from: "/p/$project/traces/$traceId" });
  const navigate = useNavigate({ from: "/p/$project/traces/$traceId" });
  const router = useRouter();
  const trace = useQuery(traceQuery(project, traceId));
  const spans = useInfiniteQuery(spansQuery(project, traceId));
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const wide = useMediaQuery("(min-width: 900px)", undefined, { getInitialValueInEffect: false }) ?? true;
  useTitle(trace.data?.name ?? traceId);

  // All summaries are needed to draw the tree; they come 1,000 at a time and are drawn as they come.
  const { hasNextPage, isFetching, isError, fetchNextPage } = spans;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);

  const all = useMemo(() => spans.data?.pages.flatMap((page) => page.data) ?? [], [spans.data]);
  const tree = useMemo(() => buildTree(all), [all]);
  const rows = useMemo(() => treeRows(tree, collapsed), [tree, collapsed]);
  const path = useMemo(
    () => (all.length <= CRITICAL_PATH_SPANS_MAX ? criticalPath(tree) : new Set<string>()),
    [all, tree],
  );
  const selected = search.span ?? firstError(tree)?.span_id ?? tree.roots[0]?.span_id;
  const at = rows.findIndex((row) => row.span.span_id === selected);

  const choose = (span: string) =>
    void navigate({ search: (old) => ({ ...old, span }), replace: true, resetScroll: false });
  const fold = (span: string, folded: boolean) => {
    const next = new Set(collapsed);
    if (folded) next.add(span);
    else next.delete(span);
    setCollapsed(next);
    if (folded && selected && ancestors(tree, selected).includes(span)) choose(span);
  };
  // Once: what the reader folds afterwards stays folded.
  const revealed = useRef("");
  // A span that an address names is shown although its parents were folded.
  useEffect(() => {
    if (!selected || revealed.current === selected) return;
    if (at >= 0 || !tree.spans.has(selected)) {
      if (at >= 0) revealed.current = selected;
      return;
    }
    const above = ancestors(tree, selected).filter((id) => collapsed.has(id));
    if (above.length) setCollapsed(new Set([...collapsed].filter((id) => !above.includes(id))));
  }, [selected, at, tree, collapsed]);

  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) choose(next.span.span_id);
  };
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: "/p/$project/traces", params: { project: pageName(project) }, search: {} });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowLeft: () => selected && fold(selected, true),
    ArrowRight: () => selected && fold(selected, false),
    Escape: back,
  });

  const failure = trace.error ?? spans.error;
  if (failure) return <Broken error={failure} retry={() => void Promise.all([trace.refetch(), spans.refetch()])} />;
  return (
    <>
      <TraceHeader project={project} trace={trace.data} />
      <div className={`${styles.below} ${wide ? "" : styles.stacked}`}>
        <main id="content" className={styles.tree}>
          <h1 className="unseen">Trace {trace.data?.name}</h1>
          <SpanTree
            rows={rows}
            total={trace.data?.span_count ?? all.length}
            loaded={all.length}
            lengthMs={lengthOf(all, trace.data?.latency_ms ?? null)}
            selected={selected}
            path={path}
            choose={choose}
            fold={fold}
          />
        </main>
        <aside className={styles.details} aria-label="Span">
          {selected && all.length > 0 && (
            <SpanDetails
              key={selected}
              project={project}
              traceId={traceId}
              spanId={selected}
              tab={search.tab ?? ""}
              setTab={(tab) => void navigate({ search: (old) => ({ ...old, tab }), replace: true, resetScroll: false })}
            />
          )}
        </aside>
      </div>
    </>
  );
}

/** The time that the waterfall spans: to the end of the last span, which may outlive the root. */
function lengthOf(
  spans: readonly { offset_ms: number | null; duration_ms: number | null }[],
  latency: number | null,
): number {
  let most = latency ?? 0;
  for (const span of spans) most = Math.max(most, (span.offset_ms ?? 0) + (span.duration_ms ?? 0));
  return most;
}
