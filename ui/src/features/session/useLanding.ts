import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo, useRef } from "react";

type Virtual = Virtualizer<HTMLDivElement, Element>;

/** What of a turn is wanted in view: a message by its id, or the first hit of a search. */
export type Landing = { message: string } | "hit";

const RELEASING = ["wheel", "touchmove", "pointerdown", "keydown"];
const HELD_MS = 4000;

/** Brings a turn into view and holds it there while things around it load, until the reader moves by hand. */
export function useLanding(scroller: RefObject<HTMLDivElement | null>, virtual: Virtual, first: number, message = "") {
  const held = useRef<number | null>(first > 0 || message ? first : null);
  const wanted = useRef<Landing | null>(message ? { message } : null);
  const timer = useRef(0);
  const landing = useMemo(() => {
    const hold = () => {
      if (held.current === null) return;
      const element = wanted.current && target(scroller.current, held.current, wanted.current);
      if (element) element.scrollIntoView({ block: "center" });
      else virtual.scrollToIndex(held.current, { align: "start" });
    };
    const land = (index: number, on: Landing | null = null) => {
      held.current = index;
      wanted.current = on;
      virtual.scrollToIndex(index, { align: "start" });
      clearTimeout(timer.current);
      // A hit may be drawn later than its turn is measured: Markdown is read in a part of its own.
      if (on) for (const after of [60, 200, 500]) window.setTimeout(hold, after);
      timer.current = window.setTimeout(() => {
        if (held.current === index) wanted.current = null;
      }, HELD_MS);
    };
    return { held, hold, land };
  }, [scroller, virtual]);
  useEffect(() => {
    const element = scroller.current!;
    const release = () => {
      held.current = null;
      wanted.current = null;
    };
    for (const name of RELEASING) element.addEventListener(name, release, { passive: true });
    return () => {
      for (const name of RELEASING) element.removeEventListener(name, release);
    };
  }, [scroller]);
  return landing;
}

function target(scroller: HTMLDivElement | null, index: number, wanted: Landing): Element | null {
  const turn = scroller?.querySelector(`[data-index="${index}"]`);
  if (!turn) return null;
  if (wanted === "hit") return turn.querySelector("mark");
  return turn.querySelector(`[data-message="${CSS.escape(wanted.message)}"]`);
}
