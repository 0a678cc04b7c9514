import { useSyncExternalStore } from "react";

/** The facets stand beside the list from here on. */
export const FACETS_FROM = 1024;
const FACETS_WIDTH = 216;
const SCROLLBAR = 16;
export const STACKED_UNTIL = 767;

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

export interface Room {
  viewport: number;
  /** For the list. */
  width: number;
  /** A row is a small card. */
  stacked: boolean;
}

/** `panel`: px that stand behind the list. */
export function useRoom(panel = 0): Room {
  const viewport = useSyncExternalStore(subscribe, () => window.innerWidth);
  const beside = viewport >= FACETS_FROM ? FACETS_WIDTH : 0;
  return { viewport, width: viewport - beside - panel - SCROLLBAR, stacked: viewport <= STACKED_UNTIL };
}
