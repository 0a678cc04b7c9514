import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";

type Virtual = Virtualizer<HTMLDivElement, Element>;

const REST_MS = 150;
const HEADING_PX = 48;

/** Tells which turn is being read once scrolling rests. A turn that is held is being read already. */
export function useReading(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Virtual,
  held: RefObject<number | null>,
  reading: (turn: number) => void,
): void {
  useEffect(() => {
    const element = scroller.current!;
    let timer = 0;
    const settle = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (held.current !== null) return;
        const offset = virtual.scrollOffset ?? 0;
        const seen = virtual.getVirtualItems().find((item) => item.end > offset + HEADING_PX);
        const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 8 && element.scrollTop > 0;
        if (seen) reading(atEnd ? Math.max(seen.index + 1, lastStarting(virtual, offset)) : seen.index + 1);
      }, REST_MS);
    };
    element.addEventListener("scroll", settle, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener("scroll", settle);
    };
  }, [scroller, virtual, held, reading]);
}

/** At the very end the last turns cannot reach the top: the one that starts in the upper half is being read. */
function lastStarting(virtual: Virtual, offset: number): number {
  return virtual.getVirtualItems().reduce((last, item) => (item.start <= offset + 300 ? item.index + 1 : last), 1);
}
