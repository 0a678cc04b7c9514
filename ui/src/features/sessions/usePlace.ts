import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type SessionFilter, sessionsQuery, statsQuery } from "../../api/listQueries";
import { keepPlace, lastPlaceOf, placeOf } from "./places";
import { focusRow } from "./rows";
import type { Picked } from "./usePicked";

/** The page of one session. */
const SESSION = /^\/p\/[^/]+\/sessions\/./;

interface Where {
  project: string;
  filter: SessionFilter;
  /** The rows on the screen are this list's own. */
  ready: boolean;
  scroller: RefObject<HTMLElement | null>;
  cursor: number;
  setCursor: (cursor: number) => void;
  picked: Picked;
}

/** A list one comes back to is as one left it: scrolled, focused, picked. Any other begins at its top. */
export function usePlace({ project, filter, ready, scroller, cursor, setCursor, picked }: Where): { startAt: number } {
  const list = JSON.stringify([project, filter]);
  const entry = useRouterState({ select: (state) => state.location.state.__TSR_key ?? "" });
  const router = useRouter();
  const [first] = useState(() => {
    const from = router.state.resolvedLocation?.pathname ?? "";
    return placeOf(entry, list) ?? (SESSION.test(from) ? lastPlaceOf(list) : null);
  });
  const offset = useRef(first?.offset ?? 0);
  const latest = useRef({ cursor, picked: picked.ids });
  latest.current = { cursor, picked: picked.ids };
  useRefreshed(project, filter, first !== null);

  useEffect(() => {
    const element = scroller.current;
    const follow = () => {
      offset.current = element?.scrollTop ?? 0;
    };
    element?.addEventListener("scroll", follow, { passive: true });
    return () => element?.removeEventListener("scroll", follow);
  }, [scroller]);

  const shown = useRef("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each list, when its rows are here
  useLayoutEffect(() => {
    if (!ready || shown.current === list) return;
    const begun = shown.current !== "";
    shown.current = list;
    const place = begun ? placeOf(entry, list) : first;
    if (begun || place) scroller.current?.scrollTo({ top: place?.offset ?? 0 });
    offset.current = place?.offset ?? 0;
    if (begun || place) setCursor(place?.cursor ?? -1);
    if (place) picked.set(place.picked);
    // Someone who types goes on typing.
    const typing = document.activeElement?.closest("input, textarea");
    if (place && place.cursor >= 0 && !typing) focusRow(scroller.current, place.cursor);
  }, [ready, list, entry]);

  useLayoutEffect(
    () => () =>
      keepPlace(entry, {
        list,
        offset: offset.current,
        cursor: latest.current.cursor,
        picked: [...latest.current.picked],
      }),
    [entry, list],
  );
  return { startAt: first?.offset ?? 0 };
}

const FRESH_MS = 2000;

/** A list come to anew is a new list. */
function useRefreshed(project: string, filter: SessionFilter, cameBack: boolean): void {
  const client = useQueryClient();
  useState(() => {
    const options = sessionsQuery(project, filter);
    const held = client.getQueryState(options.queryKey);
    if (cameBack || !held?.data || Date.now() - held.dataUpdatedAt <= FRESH_MS) return;
    client.removeQueries({ queryKey: options.queryKey });
    client.removeQueries({ queryKey: statsQuery(project, filter).queryKey });
  });
}
