import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ofProject } from "../../api/client";
import { useEvents } from "../../api/live";
import type { LiveEvent, Trace } from "../../api/types";
import { usePreference } from "../../core/preferences";

/** More spans than this are not asked for again each second: they show when the page is opened anew. */
const SPANS_MAX = 5000;
const AT_MOST_EACH_MS = 1000;

/** A trace that is still arriving is asked for again as its session changes. */
export function useTraceNews(project: string, traceId: string, trace: Trace | undefined, spans: number): void {
  const client = useQueryClient();
  const [live] = usePreference("live");
  const timer = useRef(0);
  const key = trace?.session_key;
  useEvents<LiveEvent>(live === "on" && key ? ofProject(project, "events") : null, (event) => {
    if (event.type === "session" && event.id !== key) return;
    if (timer.current || spans > SPANS_MAX) return;
    timer.current = window.setTimeout(() => {
      timer.current = 0;
      for (const kind of ["trace", "spans"]) {
        void client.invalidateQueries({ queryKey: [kind, project, traceId] });
      }
    }, AT_MOST_EACH_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
