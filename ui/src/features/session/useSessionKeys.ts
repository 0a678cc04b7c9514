import { typed, useKeys } from "../shell/keys";
import type { Labels } from "./useLabels";

interface Does {
  turn: (by: 1 | -1) => void;
  session: (by: 1 | -1) => void;
  error: (by: 1 | -1) => void;
  toggle: () => void;
  timeline: () => void;
  openTrace: () => void;
  copyLink: () => void;
  note: () => void;
  find: () => void;
  back: () => void;
}

/** The session page's keys; those of the labels come from the names set up. */
export function useSessionKeys(does: Does, labels: Labels): void {
  useKeys({
    j: () => does.turn(1),
    k: () => does.turn(-1),
    "Shift+J": () => does.session(1),
    "Shift+K": () => does.session(-1),
    "[": () => does.error(-1),
    "]": () => does.error(1),
    m: does.toggle,
    t: does.timeline,
    o: does.openTrace,
    c: does.copyLink,
    n: typed(does.note),
    f: typed(does.find),
    u: labels.undo,
    Escape: does.back,
    ...Object.fromEntries(DIGITS.map((digit) => [digit, typed(() => label(digit, labels))])),
  });
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

function label(digit: string, labels: Labels): void {
  const choice = labels.choices.find((each) => each.key === digit);
  if (choice) labels.put(choice.name, { label: choice.label });
}
