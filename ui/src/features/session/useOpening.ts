import type { VirtualItem } from "@tanstack/react-virtual";
import { useRef } from "react";

/** Which turns are drawn. At first those that are here, from the one that is opened on: nothing is drawn at a guessed
 *  place below what still has to come, for it would move. Once all in sight were drawn, placeholders are drawn too. */
export function useOpening(
  items: readonly VirtualItem[],
  start: number,
  ready: (index: number) => boolean,
): readonly VirtualItem[] {
  const opened = useRef(false);
  if (opened.current) return items;
  if (!items.some((item) => item.index === start) || !ready(start)) return [];
  opened.current = items.every((item) => ready(item.index));
  const gap = items.find((item) => item.index > start && !ready(item.index))?.index ?? Number.POSITIVE_INFINITY;
  return items.filter((item) => item.index < gap && ready(item.index));
}
