import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { prefetchSession } from "../../api/sessionBlocks";

/** Loads the sessions that come next, so that the next key shows one at once. */
export function useAhead(project: string, ids: readonly string[]): void {
  const client = useQueryClient();
  const key = ids.join(",");
  useEffect(() => {
    for (const id of key.split(",")) if (id) prefetchSession(client, project, id);
  }, [client, project, key]);
}
