import type { InfiniteData } from "@tanstack/react-query";
import { ofProject, type Parameters } from "../../api/client";
import { PAGE } from "../../api/listQueries";
import type { List, Session } from "../../api/types";
import { writeSearch } from "../../core/address";
import { startWalk } from "../../core/walk";

type Pages = InfiniteData<List<Session> & { asked: Parameters }>["pages"];

/** Leaves word which list a session is opened from, so that its page can step through it. */
export function walkFrom(project: string, pages: Pages, total: number | null): void {
  const last = pages.at(-1);
  const asked = Object.entries({ ...last?.asked, limit: PAGE, cursor: last?.next_cursor });
  const more = Object.fromEntries(asked.filter(([, value]) => value != null)) as Record<string, string>;
  startWalk({
    project,
    search: window.location.search.replace(/^\?/, ""),
    keys: pages.flatMap((page) => page.data.map((row) => row.id)),
    total,
    more: last?.next_cursor ? `${ofProject(project, "sessions")}${writeSearch(more)}` : null,
  });
}
