import { type RefObject, useLayoutEffect, useRef } from "react";

const APART_PX = 8;

/** Hides each label of an axis that would run into the one before it, or out of the axis. */
export function useRoomyTicks(words: string): RefObject<HTMLDivElement | null> {
  const axis = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words take other room
  useLayoutEffect(() => {
    const element = axis.current;
    if (!element) return;
    const place = () => {
      const end = element.getBoundingClientRect().right;
      let free = Number.NEGATIVE_INFINITY;
      for (const label of element.querySelectorAll<HTMLElement>("span > span")) {
        const { left, right } = label.getBoundingClientRect();
        const fits = left >= free && right <= end + 1;
        label.style.visibility = fits ? "" : "hidden";
        if (fits) free = right + APART_PX;
      }
    };
    place();
    const seen = new ResizeObserver(place);
    seen.observe(element);
    return () => seen.disconnect();
  }, [words]);
  return axis;
}
