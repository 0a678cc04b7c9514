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

/** The turn that an address opens: one that the session has. Undefined until it is known which that is: the first
 *  turn with an error is found in the outline. */
export function startOf({ turn, at }: Asked, count?: number, outline?: Outline): number | undefined {
  const named = Number.parseInt(turn ?? "", 10);
  if (count === undefined) return undefined;
  if (at !== "error" || named) return within(named || 1, count);
  return outline && within(firstError(outline), count);
}

export function within(turn: number, count: number): number {
  return Math.max(1, Math.min(turn, count));
}

/** Puts the turn that was opened into the address, and says so when it is not the one that was asked for. */
export function useStart(asked: Asked, count: number, start: number | undefined, open: (turn: number) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known which turns there are
  useEffect(() => {
    if (!count || start === undefined) return;
    const beyond = Number.parseInt(asked.turn ?? "", 10) > count;
    if (beyond) say(`This session has ${count === 1 ? "1 turn" : `${integer(count)} turns: this is the last`}.`);
    if (beyond || asked.at) open(start);
  }, [start === undefined]);
}
