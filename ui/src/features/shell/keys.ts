import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { preference } from "../../core/preferences";

type Handler = (event: KeyboardEvent) => void;

export function showKeys(): void {
  document.dispatchEvent(new CustomEvent("threadline:keys"));
}

/** Binds keys while the component is on the screen. Never while one types, nor over an open dialog. */
export function useKeys(bindings: Record<string, Handler>): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const names = Object.keys(bindings).join(",");
  useEffect(() => {
    const guarded = names.split(",").map((name): [string, Handler] => [
      name,
      (event) => {
        if (elsewhere(event) || (preference("singleKeys") === "off" && name !== "Escape")) return;
        latest.current[name]?.(event);
      },
    ]);
    return tinykeys(window, Object.fromEntries(guarded));
  }, [names]);
}

/** The key that leads into a field, or to a question, is not typed into it. */
export function typed(run: () => void): Handler {
  return (event) => {
    event.preventDefault();
    run();
  };
}

const OVER = "dialog[open], [role=menu]";
let takenOver: KeyboardEvent | null = null;

// A menu closes on Escape before the page's own keys are asked: what was open is noted first of all.
window.addEventListener(
  "keydown",
  (event) => {
    takenOver = document.querySelector(OVER) ? event : null;
  },
  true,
);

function elsewhere(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  if (event.defaultPrevented || event === takenOver || document.querySelector(OVER)) return true;
  return Boolean(target?.closest("input, textarea, select, [contenteditable=true]"));
}
