import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ofProject } from "../../api/client";
import { facetsQuery, type SessionFilter, sessionsQuery, statsQuery } from "../../api/listQueries";
import { type Connection, useEvents } from "../../api/live";
import type { LiveEvent } from "../../api/types";
import { watchList } from "./watchList";

export interface News {
  connection: Connection;
  /** Sessions of the first page that the list does not hold yet; 50 stands for more. */
  count: number;
  /** Takes them in. */
  show: () => Promise<void>;
}

/** Watches for new sessions without moving what is on the screen. */
export function useNews(project: string, filter: SessionFilter, on: boolean): News {
  const client = useQueryClient();
  const [count, setCount] = useState(0);
  const changed = useRef(new Set<string>());
  const key = JSON.stringify([project, filter]);

  const connection = useEvents<LiveEvent>(on ? ofProject(project, "events") : null, (event) => {
    if (event.type === "reset" || event.id) changed.current.add(event.id ?? "");
  });

  // What came between the list's answer and the stream's beginning was named by no event.
  useEffect(() => {
    if (connection === "live") changed.current.add("");
  }, [connection]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for project and filter
  const show = useCallback(async () => {
    setCount(0);
    await Promise.all([
      client.resetQueries({ queryKey: sessionsQuery(project, filter).queryKey }),
      client.invalidateQueries({ queryKey: statsQuery(project, filter).queryKey }),
      client.invalidateQueries({ queryKey: facetsQuery(project, filter).queryKey }),
      client.invalidateQueries({ queryKey: ["projects"] }),
    ]);
  }, [client, key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for project and filter
  useEffect(() => {
    setCount(0);
    if (!on) return;
    const showNow = () => void show();
    return watchList({ client, project, filter, changed: changed.current, found: setCount, showNow });
  }, [client, key, show, on]);

  return { connection, count, show };
}
