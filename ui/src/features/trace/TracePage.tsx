import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { traceQuery } from "../../api/queries";
import { Notice } from "../../components/Notice";
import { pageName } from "../../core/address";
import type { SpanFilter } from "../../core/span-filter";
import { ancestors, firstError } from "../../core/tree";
import { failureOf, Unshown } from "../session/Unshown";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { SpanDetails } from "./SpanDetails";
import { SpanTree } from "./SpanTree";
import { TraceHeader } from "./TraceHeader";
import styles from "./TracePage.module.css";
import { TreeFilter } from "./TreeFilter";
import { useRows } from "./useRows";
import { lengthOf, useSpans } from "./useSpans";
import { useTraceKeys } from "./useTraceKeys";
import { useTraceNews } from "./useTraceNews";

/** One trace: tree and waterfall in one, and the chosen span beside it. */
export function TracePage() {
  const project = useProject();
  const { traceId } = useParams({ from: "/p/$project/traces/$traceId" });
  const search = useSearch({ from: "/p/$project/traces/$traceId" });
  const navigate = useNavigate({ from: "/p/$project/traces/$traceId" });
  const router = useRouter();
  const trace = useQuery(traceQuery(project, traceId));
  const { spans, tree, path, whole, error, refetch } = useSpans(project, traceId);
  const wide = useMediaQuery("(min-width: 900px)", undefined, { getInitialValueInEffect: false }) ?? true;
  const details = useRef<HTMLElement>(null);
  useTitle(trace.data?.name ?? traceId);
  useTraceNews(project, traceId, trace.data, spans.length);

  const { kind = "", name = "", errors = "" } = search;
  const filter = useMemo<SpanFilter>(
    () => ({ kinds: kind.split(",").filter(Boolean), words: name, errors: errors !== "" }),
    [kind, name, errors],
  );
  const first = useMemo(() => firstError(tree)?.span_id ?? tree.roots[0]?.span_id, [tree]);
  const latencyMs = trace.data?.latency_ms ?? null;
  const lengthMs = useMemo(() => lengthOf(spans, latencyMs), [spans, latencyMs]);
  const selected = search.span ?? first;
  const { rows, at, found, fold, foldAll, unfoldAll, folded } = useRows(tree, filter, selected);

  const set = (next: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
  const choose = (span: string) => set({ span });
  const foldAt = (span: string, closed: boolean) => {
    fold(span, closed);
    if (closed && selected && ancestors(tree, selected).includes(span)) choose(span);
  };
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: "/p/$project/traces", params: { project: pageName(project) }, search: {} });
  };
  const onTreeKey = useTraceKeys({ tree, rows, at, selected, choose, fold: foldAt, details, back });

  const failure = failureOf(trace, { error, data: spans[0] });
  if (failure) {
    const retry = () => void Promise.all([trace.refetch(), refetch()]);
    return <Unshown kind="trace" project={project} id={traceId} error={failure} retry={retry} />;
  }
  return (
    <>
      <TraceHeader project={project} trace={trace.data} />
      <div className={`${styles.below} ${wide ? "" : styles.stacked}`}>
        <main id="content" tabIndex={-1} className={styles.tree}>
          <h1 className="unseen">Trace {trace.data?.name}</h1>
          <TreeFilter
            spans={spans}
            filter={filter}
            found={found?.size ?? null}
            change={(next) => {
              unfoldAll();
              set(next);
            }}
            folded={folded}
            foldAll={() => (folded ? unfoldAll() : foldAll())}
          />
          <SpanTree
            rows={rows}
            at={at}
            found={found}
            waiting={!whole && spans.length === 0}
            progress={whole ? null : [spans.length, trace.data?.span_count ?? spans.length]}
            lengthMs={lengthMs}
            path={path}
            choose={choose}
            fold={foldAt}
            onKey={onTreeKey}
          />
        </main>
        <aside ref={details} className={styles.details} aria-label="Span" tabIndex={-1}>
          {selected && spans.length > 0 && (
            <SpanDetails
              key={selected}
              project={project}
              traceId={traceId}
              spanId={selected}
              spanCount={trace.data?.span_count ?? spans.length}
              tab={search.tab ?? ""}
              setTab={(tab) => set({ tab })}
            />
          )}
        </aside>
      </div>
      <Notice />
    </>
  );
}
