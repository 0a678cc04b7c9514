import { useKeys } from "../shell/keys";
import type { Picked } from "./usePicked";

interface List {
  order: readonly string[];
  cursor: number;
  move: (index: number) => void;
  picked: Picked;
}

/** `j` `k` move, `x` picks, with Shift from the last one picked to here; Escape lets go. */
export function useListKeys({ order, cursor, move, picked }: List): void {
  const step = (by: number) => {
    if (order.length > 0) move(Math.min(order.length - 1, Math.max(0, cursor + by)));
  };
  const pick = () => {
    const id = order[Math.max(0, cursor)];
    if (id) picked.toggle(id, Math.max(0, cursor));
    if (cursor < 0 && id) move(0);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    x: pick,
    "Shift+X": () => picked.toward(Math.max(0, cursor), order),
    Escape: () => picked.clear(),
  });
}
