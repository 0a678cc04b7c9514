import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { get, ofProject, ofSession } from "../../api/client";
import { type Connection, useEvents } from "../../api/live";
import { facetsQuery, filterParameters, PAGE, type SessionFilter, sessionsQuery, statsQuery } from "../../api/queries";
import type { List, LiveEvent, Session } from "../../api/types";

export interface News {
  connection: Connection;
  /** Sessions of the first page that the list does not hold yet; 51 stands for more. */
  count: number;
  /** Takes them in. */
  show: () => Promise<void>;
}

const LOOK_EVERY_MS = 1500;

/** Watches for new sessions without moving what is on the screen: the first page is asked for in the
 *  background, by the same filter; rows that the list holds already take their new figures in place. */
export function useNews(project: string, filter: SessionFilter): News {
  const client = useQueryClient();
  const [count, setCount] = useState(0);
  const changed = useRef(new Set<string>());
  const list = sessionsQuery(project, filter);
  const key = JSON.stringify(list.queryKey);
  const latest = useRef(list);
  latest.current = list;

  const connection = useEvents<LiveEvent>(`${ofProject(project, "events")}`, (event) => {
    if (event.type === "reset" || event.id) changed.current.add(event.id ?? "");
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for project and filter
  useEffect(() => {
    setCount(0);
    changed.current.clear();
    let stopped = false;
    const look = async () => {
      if (changed.current.size === 0 || document.hidden) return;
      const ids = [...changed.current];
      changed.current.clear();
      const asked = { ...filterParameters(filter), sort: filter.sort || undefined, limit: PAGE };
      const page = await get<List<Session>>(ofProject(project, "sessions"), asked);
      if (stopped) return;
      setCount(takeIn(page.data));
      await refresh(ids.filter(Boolean).slice(0, 10), page.data);
    };
    const takeIn = (rows: Session[]) => {
      const held = client.getQueryData(latest.current.queryKey);
      const known = new Set(held?.pages.flatMap((each) => each.data.map((row) => row.id)));
      replace(rows.filter((row) => known.has(row.id)));
      if (held && known.size === 0 && rows.length > 0) void showNow();
      return rows.filter((row) => !known.has(row.id)).length;
    };
    const replace = (rows: Session[]) => {
      const fresh = new Map(rows.map((row) => [row.id, row]));
      if (fresh.size === 0) return;
      client.setQueryData(
        latest.current.queryKey,
        (held) =>
          held && {
            ...held,
            pages: held.pages.map((each) => ({ ...each, data: each.data.map((row) => fresh.get(row.id) ?? row) })),
          },
      );
    };
    // A session further down that changed: its row is asked for alone.
    const refresh = async (ids: string[], seen: Session[]) => {
      const first = new Set(seen.map((row) => row.id));
      const held = client.getQueryData(latest.current.queryKey);
      const rows = held?.pages.flatMap((each) => each.data) ?? [];
      for (const id of ids) {
        const row = rows.find((each) => each.id === id);
        if (!row || first.has(id) || stopped) continue;
        const now = await get<Session>(ofSession(project, id)).catch(() => null);
        if (now && !stopped) replace([{ ...now, hits: row.hits ?? null }]);
      }
    };
    const timer = setInterval(() => void look().catch(() => changed.current.add("")), LOOK_EVERY_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [key]);

  const showNow = useCallback(async () => {
    setCount(0);
    await Promise.all([
      client.resetQueries({ queryKey: latest.current.queryKey }),
      client.invalidateQueries({ queryKey: statsQuery(project, filter).queryKey }),
      client.invalidateQueries({ queryKey: facetsQuery(project, filter).queryKey }),
      client.invalidateQueries({ queryKey: ["projects"] }),
    ]);
  }, [client, project, filter]);

  return { connection, count, show: showNow };
}
