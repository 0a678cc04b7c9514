import { useKeys } from "../shell/keys";

interface Does {
  next: () => void;
  previous: () => void;
  back: () => void;
}

/** `j` or Space: next. `k`: previous. Labels, notes and undo have their keys beside the session. */
export function useReviewKeys({ next, previous, back }: Does): void {
  useKeys({
    j: next,
    k: previous,
    Space: (event) => {
      // Space on a button presses it.
      if ((event.target as HTMLElement | null)?.closest("button, a, summary, [role=slider]")) return;
      event.preventDefault();
      if (event.shiftKey) previous();
      else next();
    },
    Escape: back,
  });
}
