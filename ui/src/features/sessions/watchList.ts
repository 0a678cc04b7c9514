import type { QueryClient } from "@tanstack/react-query";
import { get, ofProject, ofSession } from "../../api/client";
import { filterParameters, PAGE, type SessionFilter, sessionsQuery } from "../../api/listQueries";
import type { List, Session } from "../../api/types";

const LOOK_EVERY_MS = 1500;
const ALONE_AT_ONCE = 10;

interface Watch {
  client: QueryClient;
  project: string;
  filter: SessionFilter;
  /** Sessions named by events since the last look; an empty id stands for any. */
  changed: Set<string>;
  /** How many of the first page the list does not hold. */
  found: (count: number) => void;
  /** The list is empty and need not be: show what came. */
  showNow: () => void;
}

/** Looks at the first page whenever events name a session, and gives rows that the list holds their new
 *  figures in place. Answers the function that stops it. */
export function watchList(watch: Watch): () => void {
  let stopped = false;
  const look = async () => {
    if (watch.changed.size === 0 || document.hidden) return;
    const ids = [...watch.changed].filter(Boolean);
    watch.changed.clear();
    const asked = { ...filterParameters(watch.filter), sort: watch.filter.sort || undefined, limit: PAGE };
    const page = await get<List<Session>>(ofProject(watch.project, "sessions"), asked);
    if (stopped) return;
    takeIn(watch, page.data);
    const seen = new Set(page.data.map((row) => row.id));
    for (const id of ids.filter((each) => !seen.has(each)).slice(0, ALONE_AT_ONCE)) {
      if (!stopped) await refreshRow(watch, id);
    }
  };
  const timer = setInterval(() => void look().catch(() => watch.changed.add("")), LOOK_EVERY_MS);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

function takeIn(watch: Watch, rows: Session[]): void {
  const held = heldRows(watch);
  if (held === null) return;
  const known = new Set(held.map((row) => row.id));
  replace(
    watch,
    rows.filter((row) => known.has(row.id)),
  );
  if (known.size === 0 && rows.length > 0) watch.showNow();
  watch.found(rows.filter((row) => !known.has(row.id)).length);
}

/** A session further down that changed: its row is asked for alone, and keeps its hits. */
async function refreshRow(watch: Watch, id: string): Promise<void> {
  const row = heldRows(watch)?.find((each) => each.id === id);
  if (!row) return;
  const now = await get<Session>(ofSession(watch.project, id)).catch(() => null);
  if (now) replace(watch, [{ ...now, hits: row.hits ?? null, matched: row.matched }]);
}

function heldRows({ client, project, filter }: Watch): Session[] | null {
  const held = client.getQueryData(sessionsQuery(project, filter).queryKey);
  return held?.pages.flatMap((page) => page.data) ?? null;
}

function replace({ client, project, filter }: Watch, rows: Session[]): void {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  if (fresh.size === 0) return;
  client.setQueryData(sessionsQuery(project, filter).queryKey, (held) => {
    if (!held) return held;
    const pages = held.pages.map((page) => ({ ...page, data: page.data.map((row) => fresh.get(row.id) ?? row) }));
    return { ...held, pages };
  });
}
