import { useKeys } from "../shell/keys";

interface Does {
  next: () => void;
  previous: () => void;
  back: () => void;
}

// Space on a button presses it.
function unpressed(run: () => void) {
  return (event: KeyboardEvent) => {
    if ((event.target as HTMLElement | null)?.closest("button, a, summary, [role=slider]")) return;
    event.preventDefault();
    run();
  };
}

/** `j` or Space: next. `k` or Shift and Space: previous. Labels, notes and undo have their keys beside the session. */
export function useReviewKeys({ next, previous, back }: Does): void {
  useKeys({
    j: next,
    k: previous,
    Space: unpressed(next),
    "Shift+Space": unpressed(previous),
    Escape: back,
  });
}
