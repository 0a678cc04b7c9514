import { useState } from "react";

/** The list under the box: whether it is open, and which of its options the arrows are on (-1: none). */
export function useList() {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const set = (next: boolean) => {
    setOpen(next);
    setActive(-1);
  };
  return {
    shown: open,
    active,
    setActive,
    open: () => set(true),
    close: () => set(false),
    /** Opens it first; then around through the options and none of them. False: there is nothing to go through. */
    step: (by: number, options: number) => {
      if (options === 0) return false;
      setOpen(true);
      if (open) setActive((now) => ((now + by + options + 2) % (options + 1)) - 1);
      return true;
    },
  };
}

export type List = ReturnType<typeof useList>;
