import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";

type Handler = (event: KeyboardEvent) => void;

/** Single keys can be turned off: they get in the way of speech input. */
const KEY = "threadline-single-keys";

export function singleKeysOn(): boolean {
  return localStorage.getItem(KEY) !== "off";
}

export function turnSingleKeys(on: boolean): void {
  localStorage.setItem(KEY, on ? "on" : "off");
}

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
        if (elsewhere(event) || (!singleKeysOn() && name !== "Escape")) return;
        latest.current[name]?.(event);
      },
    ]);
    return tinykeys(window, Object.fromEntries(guarded));
  }, [names]);
}

function elsewhere(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  if (event.defaultPrevented || document.querySelector("dialog[open], [role=menu]")) return true;
  return Boolean(target?.closest("input, textarea, select, [contenteditable=true]"));
}
