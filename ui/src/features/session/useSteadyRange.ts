import { useEffect, useReducer, useRef } from "react";

const FLYING_MS = 120;

/** The range of turns to load: follows at once while it moves little by little, at most every 120 ms while it
 *  flies past. What is gone again before its answer comes need not be asked for. */
export function useSteadyRange(first: number, last: number): readonly [number, number] {
  const kept = useRef<readonly [number, number]>([first, last]);
  const taken = useRef(0);
  const [, again] = useReducer((count: number) => count + 1, 0);
  const near = first <= kept.current[1] + 1 && last >= kept.current[0] - 1;
  const due = near || performance.now() - taken.current >= FLYING_MS;
  if (due) {
    if (!near) taken.current = performance.now();
    kept.current = [first, last];
  }
  useEffect(() => {
    if (due) return;
    const timer = setTimeout(again, FLYING_MS);
    return () => clearTimeout(timer);
  });
  return kept.current;
}
