import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef, useState } from "react";
import { keepPlace, placeOf } from "../sessions/places";

/** Back finds the list scrolled as it was left, with the row that was open marked. */
export function useTracePlace(list: string, scroller: RefObject<HTMLElement | null>) {
  const entry = useRouterState({ select: (state) => state.location.state.__TSR_key ?? "" });
  const [first] = useState(() => placeOf(entry, list));
  const [cursor, setCursor] = useState(first?.cursor ?? -1);
  const offset = useRef(first?.offset ?? 0);
  const latest = useRef(cursor);
  latest.current = cursor;
  useEffect(() => {
    const element = scroller.current;
    const follow = () => {
      offset.current = element?.scrollTop ?? 0;
    };
    element?.addEventListener("scroll", follow, { passive: true });
    return () => {
      element?.removeEventListener("scroll", follow);
      keepPlace(entry, { list, offset: offset.current, cursor: latest.current, picked: [] });
    };
  }, [scroller, entry, list]);
  // Another list begins at its top.
  const shown = useRef(list);
  useEffect(() => {
    if (shown.current === list) return;
    shown.current = list;
    offset.current = 0;
    scroller.current?.scrollTo({ top: 0 });
    setCursor(-1);
  }, [list, scroller]);
  return { startAt: first?.offset ?? 0, cursor, setCursor };
}
