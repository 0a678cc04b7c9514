import type { KeyboardEvent, RefObject } from "react";
import type { List } from "./useList";

interface Parts {
  list: List;
  options: number;
  problem: boolean;
  accept: (index: number) => void;
  input: RefObject<HTMLInputElement | null>;
}

/** What the box's keys do beside typing; a key that does nothing here keeps its own meaning: Enter submits. */
export function boxKeys({ list, options, problem, accept, input }: Parts) {
  const take = () => {
    if (!list.shown || list.active < 0) return false;
    accept(list.active);
    return true;
  };
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown: () => list.step(1, options),
    ArrowUp: () => list.step(-1, options),
    Tab: (event) => !event.shiftKey && take(),
    Enter: take,
    Escape: () => {
      if (list.shown && (options > 0 || problem)) list.close();
      else input.current?.blur();
      return true;
    },
  };
  return (event: KeyboardEvent) => {
    if (keys[event.key]?.(event)) event.preventDefault();
  };
}
