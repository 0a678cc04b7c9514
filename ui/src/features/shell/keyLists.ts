/** Every key of every page, as `?` lists them. */

export const KEY_LISTS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Everywhere",
    [
      ["⌘K", "Commands, pages, projects (Ctrl K)"],
      ["?", "This list"],
      ["g s", "Sessions"],
      ["g t", "Traces"],
      ["Esc", "Close, or back"],
    ],
  ],
  [
    "Lists",
    [
      ["j k", "Next, previous row"],
      ["Enter", "Open"],
      ["x", "Select; Shift X as far as here"],
      ["/", "Search"],
    ],
  ],
  [
    "Session",
    [
      ["j k", "Next, previous turn"],
      ["J K", "Next, previous session"],
      ["[ ]", "Previous, next error"],
      ["m", "Messages or inputs and outputs"],
      ["t", "Timeline"],
      ["o", "Open the trace"],
      ["c", "Copy a link to the turn"],
      ["1–9", "Label"],
      ["n", "Note"],
      ["u", "Undo the last label"],
      ["f", "Find in the session"],
    ],
  ],
  [
    "Review",
    [
      ["1–9", "Label"],
      ["n", "Note"],
      ["u", "Undo"],
      ["j Space", "Next session"],
      ["k ⇧Space", "Previous session"],
    ],
  ],
  [
    "Trace",
    [
      ["j k ↓ ↑", "Next, previous span"],
      ["← →", "Fold or up, unfold or down"],
      ["Home End", "First, last span"],
      ["[ ]", "Previous, next error"],
      ["Enter", "Read the span"],
      ["f /", "Filter by name"],
      ["c", "Copy a link to the span"],
    ],
  ],
];
