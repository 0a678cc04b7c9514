import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { tracesQuery } from "../../api/queries";
import type { Trace } from "../../api/types";
import { Button } from "../../components/Button";
import { Broken, State } from "../../components/State";
import { type Column, Table } from "../../components/Table";
import { Ago } from "../../components/Time";
import { pageName } from "../../core/address";
import { compact, duration, integer, money } from "../../core/format";
import { FirstSession } from "../connect/FirstSession";
import { SessionSkeletons } from "../sessions/SessionSkeletons";
import { AppBar } from "../shell/AppBar";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { TraceSearch } from "./TraceSearch";
import styles from "./TracesPage.module.css";

/** All traces of a project, those without a session too. */
export function TracesPage() {
  const project = useProject();
  const search = useSearch({ from: "/p/$project/traces" });
  const navigate = useNavigate({ from: "/p/$project/traces" });
  const scroller = useRef<HTMLElement>(null);
  const query = useInfiniteQuery(tracesQuery(project, search));
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const narrow = useMediaQuery("(max-width: 767px)", undefined, { getInitialValueInEffect: false }) ?? false;
  const columns = columnsFor(project, narrow);
  useTitle(`Traces of ${project}`);
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  const narrowed = Boolean(search.q || search.only || search.session);
  return (
    <>
      <AppBar project={project} tab="traces" />
      <TraceSearch search={search} change={(next) => void navigate({ search: (old) => ({ ...old, ...next }) })} />
      <main id="content" ref={scroller} className={styles.list}>
        <h1 className="unseen">Traces of {project}</h1>
        {query.isError && rows.length === 0 ? (
          <Broken error={query.error} retry={() => query.refetch()} />
        ) : query.isPending ? (
          <SessionSkeletons columns={columns as never} stacked={narrow} />
        ) : rows.length > 0 ? (
          <Table
            label="Traces"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.trace_id}
            rowHeight={narrow ? 88 : 52}
            scroller={scroller}
            nearEnd={more}
            stacked={narrow}
          />
        ) : narrowed ? (
          <State
            title={search.q ? `No trace matches “${search.q}”.` : "No trace is left."}
            actions={<Button onClick={() => void navigate({ search: {} })}>Show all traces</Button>}
          />
        ) : (
          <FirstSession project={project} others={[]} />
        )}
      </main>
    </>
  );
}

function columnsFor(project: string, narrow: boolean): Column<Trace>[] {
  const all: (Column<Trace> & { when?: boolean })[] = [
    { id: "name", header: "Trace", track: "minmax(0, 1fr)", cell: (row) => <Name project={project} trace={row} /> },
    {
      id: "session",
      header: "Session",
      track: "minmax(80px, 160px)",
      cell: (row) => <OfSession project={project} trace={row} />,
    },
    {
      id: "status",
      header: "Status",
      track: "64px",
      cell: (row) => row.status === "error" && <span className="error">✕ error</span>,
    },
    {
      id: "spans",
      header: "Spans",
      track: "56px",
      figure: true,
      when: !narrow,
      cell: (row) => integer(row.span_count),
    },
    {
      id: "latency",
      header: "Latency",
      track: "76px",
      figure: true,
      cell: (row) => (row.latency_ms === null ? "open" : duration(row.latency_ms)),
    },
    {
      id: "tokens",
      header: "Tokens",
      track: "60px",
      figure: true,
      when: !narrow,
      cell: (row) => (row.total_tokens ? compact(row.total_tokens) : ""),
    },
    { id: "cost", header: "Cost", track: "68px", figure: true, when: !narrow, cell: (row) => money(row.cost_usd) },
    {
      id: "started",
      header: "Started",
      track: "68px",
      figure: true,
      cell: (row) => (
        <span className="muted">
          <Ago time={row.start_time} />
        </span>
      ),
    },
  ];
  return all.filter((column) => column.when !== false);
}

function Name({ project, trace }: { project: string; trace: Trace }) {
  return (
    <div className={styles.words}>
      <Link
        to="/p/$project/traces/$traceId"
        params={{ project: pageName(project), traceId: trace.trace_id }}
        search={{}}
        className={styles.name}
        dir="auto"
      >
        {trace.input?.text.slice(0, 280) || trace.name || trace.trace_id}
      </Link>
      <div className={styles.second} dir="auto">
        {trace.output?.text.slice(0, 280) || trace.status_message || (trace.input ? trace.name : "")}
      </div>
    </div>
  );
}

function OfSession({ project, trace }: { project: string; trace: Trace }) {
  if (!trace.session_key) return <span className={styles.without}>no session id</span>;
  return (
    <Link
      to="/p/$project/sessions/$id"
      params={{ project: pageName(project), id: trace.session_key }}
      search={trace.turn_index && trace.turn_index > 1 ? { turn: String(trace.turn_index) } : {}}
      className={styles.session}
      title={trace.session_id ?? ""}
    >
      {trace.session_id}
    </Link>
  );
}
