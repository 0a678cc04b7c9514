import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { usePreference } from "../../core/preferences";
import { markSeen, seenQuery } from "./seen";

/** Someone who only passes by has not seen it. */
const LOOKED_MS = 700;
const ASKED_MAX = 50;

/** When this author saw which of the sessions before; the current one is remembered after a moment. */
export function useSeen(
  project: string,
  ids: readonly string[],
  current: string | undefined,
): ReadonlyMap<string, string> {
  const [who] = usePreference("author");
  const asked = useMemo(() => ids.slice(0, ASKED_MAX), [ids]);
  const before = useQuery(seenQuery(project, who, asked)).data;
  const [now, setNow] = useState<ReadonlyMap<string, string>>(new Map());
  const marked = useRef(new Set<string>());
  useEffect(() => {
    if (!current || !who || marked.current.has(current)) return;
    const timer = window.setTimeout(() => {
      marked.current.add(current);
      markSeen(project, who, [current]).then(
        () => setNow((held) => new Map(held).set(current, new Date().toISOString())),
        () => marked.current.delete(current),
      );
    }, LOOKED_MS);
    return () => clearTimeout(timer);
  }, [project, who, current]);
  return useMemo(() => new Map([...now, ...(before ?? [])]), [before, now]);
}
