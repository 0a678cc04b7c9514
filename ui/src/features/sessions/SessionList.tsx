import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type SessionFilter, sessionsQuery, statsQuery } from "../../api/listQueries";
import { Button } from "../../components/Button";
import { Broken } from "../../components/State";
import { Table, type TableHandle } from "../../components/Table";
import { integer } from "../../core/format";
import { usePreference } from "../../core/preferences";
import type { Entered } from "../query/useEntered";
import { EmptySessions } from "./EmptySessions";
import { focusRow, rowHeight } from "./rows";
import styles from "./SessionList.module.css";
import { SessionSkeletons } from "./SessionSkeletons";
import { type Change, DEFAULT_SORT, nextSort } from "./search";
import { tableColumns } from "./tableColumns";
import type { ColumnChoice } from "./useColumnChoice";
import { useListKeys } from "./useListKeys";
import type { News } from "./useNews";
import { useEnter, usePages } from "./usePages";
import type { Picked } from "./usePicked";
import { usePlace } from "./usePlace";
import type { Room } from "./useRoom";
import { walkFrom } from "./walkFrom";

interface Props {
  project: string;
  filter: SessionFilter;
  change: Change;
  news: News;
  room: Room;
  choice: ColumnChoice;
  picked: Picked;
  entered: Entered;
}

export function SessionList({ project, filter, change, news, room, choice, picked, entered }: Props) {
  const client = useQueryClient();
  const scroller = useRef<HTMLElement>(null);
  const table = useRef<TableHandle>(null);
  const [density] = usePreference("density");
  const [cursor, setCursor] = useState(-1);
  const query = useInfiniteQuery({ ...sessionsQuery(project, filter), placeholderData: keepPreviousData });
  const stats = useQuery(statsQuery(project, filter));
  const { rows, waiting, ready, more } = usePages(query, project);
  const { startAt } = usePlace({ project, filter, ready, scroller, cursor, setCursor, picked });
  const order = rows.map((row) => row.id);
  const move = (next: number) => {
    setCursor(next);
    table.current?.scrollTo(next);
    focusRow(scroller.current, next);
  };
  useListKeys({ order, cursor, move, picked });
  useEnter(entered, { query: filter.q, ready, count: rows.length }, scroller, () => move(0));
  const showNews = async () => {
    await news.show();
    scroller.current?.scrollTo({ top: 0 });
    setCursor(-1);
  };
  const columns = tableColumns({
    project,
    query: filter.q ?? "",
    room,
    choice,
    picked,
    order,
    compact: density === "compact",
  });
  const failed = query.isError && !query.isFetchNextPageError;

  return (
    <main
      id="content"
      ref={scroller}
      className={styles.list}
      onClickCapture={(event) => {
        if ((event.target as HTMLElement).closest("[data-row] a")) {
          walkFrom(project, query.data?.pages ?? [], stats.data?.sessions ?? null);
        }
      }}
      onClick={(event) => {
        const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
        if (row) setCursor(Number(row.dataset.row));
      }}
      onKeyDown={() => undefined}
    >
      <h1 className="unseen">Sessions of {project}</h1>
      {news.count > 0 && rows.length > 0 && (
        <div className={styles.news}>
          <Button look="plain" onClick={showNews}>
            {news.count >= 50 ? "50+" : integer(news.count)} new
          </Button>
        </div>
      )}
      {failed ? (
        <Broken
          error={query.error}
          retry={() => client.refetchQueries({ type: "active" })}
          instead={<Button onClick={() => change({ q: undefined, view: undefined })}>Clear the search</Button>}
        />
      ) : waiting ? (
        <SessionSkeletons columns={columns} stacked={room.stacked} height={rowHeight(room.stacked, density)} />
      ) : rows.length === 0 ? (
        <EmptySessions project={project} filter={filter} change={change} />
      ) : (
        <Table
          label="Sessions"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={rowHeight(room.stacked, density)}
          scroller={scroller}
          total={stats.data?.sessions}
          sort={filter.sort ?? DEFAULT_SORT}
          sortBy={(field) => change({ sort: nextSort(filter.sort, field) })}
          selected={cursor}
          startAt={startAt}
          nearEnd={more}
          stacked={room.stacked}
          busy={query.isPlaceholderData}
          chosen={(row) => picked.all || picked.ids.has(row.id)}
          resize={choice.resize}
          reorder={choice.put}
          handle={table}
        />
      )}
      {query.isFetchNextPageError && <Broken error={query.error} retry={() => query.fetchNextPage()} />}
    </main>
  );
}
