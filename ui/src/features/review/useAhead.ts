import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { outlineQuery, sessionQuery, transcriptQuery, turnsQuery } from "../../api/queries";

// Blocks as the transcript asks for them.
const TURNS = 50;
const MESSAGES = 10;

/** Loads the sessions that come next, so that the next key shows one at once. */
export function useAhead(project: string, ids: readonly string[]): void {
  const client = useQueryClient();
  const key = ids.join(",");
  useEffect(() => {
    for (const id of key.split(",").filter(Boolean)) {
      void client.prefetchQuery(sessionQuery(project, id));
      void client.prefetchQuery(outlineQuery(project, id));
      void client.prefetchQuery(turnsQuery(project, id, 1, TURNS));
      void client.prefetchQuery(transcriptQuery(project, id, 1, MESSAGES));
    }
  }, [client, project, key]);
}
