import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { type SessionFilter, sessionsQuery, statsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Broken } from "../../components/State";
import { Table, type TableHandle } from "../../components/Table";
import { integer } from "../../core/format";
import { useKeys } from "../shell/keys";
import { columnsFor } from "./columns";
import { EmptySessions } from "./EmptySessions";
import styles from "./SessionList.module.css";
import { SessionSkeletons } from "./SessionSkeletons";
import { type Change, DEFAULT_SORT, nextSort } from "./search";
import type { News } from "./useNews";
import { useRoom } from "./useRoom";

/** Where the reader was, by entry of the browser's history: Back finds the same place. */
const places = new Map<string, { offset: number; selected: number }>();

interface Props {
  project: string;
  filter: SessionFilter;
  change: Change;
  news: News;
}

export function SessionList({ project, filter, change, news }: Props) {
  const options = sessionsQuery(project, filter);
  const entry = useRouterState({ select: (state) => state.location.state.__TSR_key ?? "" });
  const client = useQueryClient();
  const [place] = useState(() => places.get(entry));
  // A list come to anew is a new list; one come back to is as it was left.
  useState(() => {
    const held = client.getQueryState(options.queryKey);
    if (!place && held?.data && Date.now() - held.dataUpdatedAt > 2000) {
      client.removeQueries({ queryKey: options.queryKey });
      client.removeQueries({ queryKey: statsQuery(project, filter).queryKey });
    }
  });
  const query = useInfiniteQuery(options);
  const stats = useQuery(statsQuery(project, filter));
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const scroller = useRef<HTMLElement>(null);
  const table = useRef<TableHandle>(null);
  const [selected, setSelected] = useState(place?.selected ?? -1);
  const room = useRoom();
  const stacked = room === "stacked";
  const columns = columnsFor(project, filter, room);

  useEffect(() => {
    if (place && place.selected >= 0) focusRow(scroller.current, place.selected);
  }, [place]);
  const latest = useRef(selected);
  latest.current = selected;
  useEffect(() => {
    const handle = table;
    return () => void places.set(entry, { offset: handle.current?.offset() ?? 0, selected: latest.current });
  }, [entry]);

  const move = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, selected + step));
    setSelected(next);
    table.current?.scrollTo(next);
    focusRow(scroller.current, next);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  const showNews = async () => {
    await news.show();
    scroller.current?.scrollTo({ top: 0 });
  };

  return (
    <main
      id="content"
      ref={scroller}
      className={styles.list}
      onClickCapture={(event) => {
        const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
        if (row) setSelected(Number(row.dataset.row));
        latest.current = row ? Number(row.dataset.row) : latest.current;
      }}
    >
      <h1 className="unseen">Sessions of {project}</h1>
      {news.count > 0 && rows.length > 0 && (
        <div className={styles.news}>
          <Button look="plain" onClick={showNews}>
            {news.count >= 50 ? "50+" : integer(news.count)} new
          </Button>
        </div>
      )}
      {query.isError && rows.length === 0 ? (
        <Broken error={query.error} retry={() => client.refetchQueries({ type: "active" })} />
      ) : query.isPending ? (
        <SessionSkeletons columns={columns} stacked={stacked} />
      ) : rows.length === 0 ? (
        <EmptySessions project={project} filter={filter} change={change} />
      ) : (
        <Table
          label="Sessions"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={stacked ? 88 : 52}
          scroller={scroller}
          total={stats.data?.sessions}
          sort={filter.sort ?? DEFAULT_SORT}
          sortBy={(field) => change({ sort: nextSort(filter.sort, field) })}
          selected={selected}
          startAt={place?.offset ?? 0}
          nearEnd={more}
          stacked={stacked}
          handle={table}
        />
      )}
      {query.isFetchNextPageError && <Broken error={query.error} retry={() => query.fetchNextPage()} />}
    </main>
  );
}

/** Rows are drawn a frame or two after they are scrolled to. */
function focusRow(list: HTMLElement | null, index: number, frames = 10): void {
  const link = list?.querySelector<HTMLElement>(`[data-row="${index}"] a`);
  if (link) link.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusRow(list, index, frames - 1));
}
