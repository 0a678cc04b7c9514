/** Who has reviewed which sessions: kept by the server, by author. */

import { queryOptions } from "@tanstack/react-query";
import { get, ofProject, send } from "../../api/client";

interface Seen {
  id: string;
  seen_at: string;
}

export function seenQuery(project: string, author: string, ids: readonly string[]) {
  return queryOptions({
    queryKey: ["seen", project, author, ids],
    enabled: author !== "" && ids.length > 0,
    queryFn: async ({ signal }) => {
      const asked = new URLSearchParams([["author", author], ...ids.map((id) => ["id", id])]);
      const found = await get<{ data: Seen[] }>(`${ofProject(project, "seen")}?${asked}`, {}, signal);
      return new Map(found.data.map((each) => [each.id, each.seen_at]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function markSeen(project: string, author: string, ids: readonly string[]): Promise<void> {
  return send<void>("POST", ofProject(project, "seen"), { author, ids });
}
