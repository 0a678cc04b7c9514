import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { type TraceFilter, tracesQuery } from "../../api/queries";
import type { Trace } from "../../api/types";
import { Button } from "../../components/Button";
import { Broken, State } from "../../components/State";
import { type Column, Table, type TableHandle } from "../../components/Table";
import { usePreference } from "../../core/preferences";
import { FirstSession } from "../connect/FirstSession";
import type { Entered } from "../query/useEntered";
import { fitting } from "../sessions/layout";
import { focusRow, rowHeight } from "../sessions/rows";
import { SessionSkeletons } from "../sessions/SessionSkeletons";
import type { ColumnChoice } from "../sessions/useColumnChoice";
import { useEnter, usePages } from "../sessions/usePages";
import { useKeys } from "../shell/keys";
import styles from "./TracesPage.module.css";
import { Said, type TraceColumn } from "./traceColumns";
import { useTracePlace } from "./useTracePlace";

interface Props {
  project: string;
  filter: TraceFilter;
  showAll: () => void;
  choice: ColumnChoice<TraceColumn>;
  width: number;
  stacked: boolean;
  entered: Entered;
}

const ON_CARD = new Set(["session", "status", "spans", "latency", "started"]);

/** The traces that the filter selects, the newest first. */
export function TraceList({ project, filter, showAll, choice, width, stacked, entered }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const table = useRef<TableHandle>(null);
  const [density] = usePreference("density");
  const query = useInfiniteQuery({ ...tracesQuery(project, filter), placeholderData: keepPreviousData });
  const { startAt, cursor, setCursor } = useTracePlace(JSON.stringify([project, filter]), scroller);
  const { rows, waiting, ready, more } = usePages(query, project);
  const move = (by: number, from = cursor) => {
    if (rows.length === 0) return;
    const next = Math.min(rows.length - 1, Math.max(0, from + by));
    setCursor(next);
    table.current?.scrollTo(next);
    focusRow(scroller.current, next);
  };
  useEnter(entered, { query: filter.q, ready, count: rows.length }, scroller, () => move(0, 0));
  useKeys({ j: () => move(1), k: () => move(-1) });
  const compact = density === "compact" && !stacked;
  const height = rowHeight(stacked, density);
  const chosen = stacked ? choice.all.filter((each) => ON_CARD.has(each.column.id)) : fitting(choice.all, width);
  const columns: Column<Trace>[] = [
    {
      ...{ id: "said", header: "Trace", track: "minmax(0, 1fr)", fixed: true },
      cell: (row) => <Said project={project} trace={row} compact={compact} />,
    },
    ...chosen.map(({ column, width: wide }) => ({
      ...{ id: column.id, header: column.header, figure: column.figure, track: `${wide}px` },
      cell: (row: Trace) => column.cell(row, stacked),
    })),
  ];
  const narrowed = Object.values(filter).some(Boolean);
  return (
    <main
      id="content"
      ref={scroller}
      tabIndex={-1}
      className={styles.list}
      onClickCapture={(event) => {
        const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
        if (row) setCursor(Number(row.dataset.row));
      }}
    >
      <h1 className="unseen">Traces of {project}</h1>
      {query.isError && rows.length === 0 ? (
        <Broken
          error={query.error}
          retry={() => query.refetch()}
          instead={<Button onClick={showAll}>Show all traces</Button>}
        />
      ) : waiting ? (
        <SessionSkeletons columns={columns as never} stacked={stacked} height={height} />
      ) : rows.length > 0 ? (
        <Table
          label="Traces"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.trace_id}
          rowHeight={height}
          scroller={scroller}
          nearEnd={more}
          selected={cursor}
          startAt={startAt}
          stacked={stacked}
          busy={query.isPlaceholderData}
          resize={choice.resize}
          reorder={choice.put}
          handle={table}
        />
      ) : narrowed ? (
        <State
          title={filter.q ? `No trace matches “${filter.q}”.` : "No trace is left."}
          actions={<Button onClick={showAll}>Show all traces</Button>}
        />
      ) : (
        <FirstSession project={project} others={[]} />
      )}
      {query.isFetchNextPageError && <Broken error={query.error} retry={() => query.fetchNextPage()} />}
    </main>
  );
}
