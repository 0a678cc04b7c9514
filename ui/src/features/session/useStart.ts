import { useEffect } from "react";
import type { Outline } from "../../api/types";
import { say } from "../../components/Notice";
import { integer } from "../../core/format";
import { firstError } from "../../core/outline";

interface Asked {
  turn?: string | undefined;
  /** `error`: the first turn with an error, whichever that is. */
  at?: string | undefined;
}

/** The turn that an address opens: one that the session has. 1 while nothing else is known. */
export function startOf({ turn, at }: Asked, outline: Outline | undefined): number {
  const named = Number.parseInt(turn ?? "", 10);
  const asked = at === "error" && !named ? (outline ? firstError(outline) : 1) : named;
  return within(asked || 1, outline?.turn_count);
}

export function within(turn: number, count: number | undefined): number {
  return Math.max(1, count === undefined ? turn : Math.min(turn, count));
}

/** Puts the turn that was opened into the address, and says so when it is not the one that was asked for. */
export function useStart(asked: Asked, outline: Outline | undefined, open: (turn: number) => void): void {
  const count = outline?.turn_count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known which turns there are
  useEffect(() => {
    if (!count) return;
    const turn = startOf(asked, outline);
    const beyond = Number.parseInt(asked.turn ?? "", 10) > count;
    if (beyond) say(`This session has ${count === 1 ? "1 turn" : `${integer(count)} turns: this is the last`}.`);
    if (beyond || asked.at) open(turn);
  }, [count === undefined]);
}
