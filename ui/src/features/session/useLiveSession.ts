import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ofProject } from "../../api/client";
import { useEvents } from "../../api/live";
import type { LiveEvent } from "../../api/types";

/** A conversation that goes on tells so with each span: once in a while is often enough. */
const TOGETHER_MS = 250;

/** Asks again for what is shown when the session changes on the server. */
export function useLiveSession(project: string, id: string): void {
  const client = useQueryClient();
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvents<LiveEvent>(ofProject(project, "events"), (event) => {
    if (event.type !== "reset" && event.id !== id) return;
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      for (const kind of ["session", "outline", "turns", "transcript", "find"]) {
        void client.invalidateQueries({ queryKey: [kind, project, id] });
      }
    }, TOGETHER_MS);
  });
}
