/** What a reader set for themselves. Kept by the browser, one key each, and the same in all its tabs;
 *  a browser that keeps nothing remembers until the page is closed. */

import { useSyncExternalStore } from "react";

export interface Preferences {
  theme: "light" | "dark" | "auto";
  density: "comfortable" | "compact";
  /** Whose clock times are shown by. */
  zone: "viewer" | "utc";
  /** Whether lists say how long ago, or when. */
  times: "relative" | "exact";
  /** Single-letter shortcuts get in the way of speech input. */
  singleKeys: "on" | "off";
  /** Whether lists listen for what arrives. */
  live: "on" | "off";
  /** Stands beside the annotations that this reader makes. */
  author: string;
}

export type Preference = keyof Preferences;

/** How one list of one project is laid out; columns that are not named keep their place and width. */
export interface ColumnLayout {
  id: string;
  shown: boolean;
  /** In px; null: the column's own. */
  width: number | null;
}

// `public/theme.js` reads the first of these before the first paint.
const KEYS: Record<Preference, string> = {
  theme: "threadline-theme",
  density: "threadline-density",
  zone: "threadline-zone",
  times: "threadline-times",
  singleKeys: "threadline-single-keys",
  live: "threadline-live",
  author: "threadline-author",
};

const DEFAULTS: Preferences = {
  theme: "auto",
  density: "comfortable",
  zone: "viewer",
  times: "relative",
  singleKeys: "on",
  live: "on",
  author: "",
};

const ALLOWED: { [name in Preference]?: readonly string[] } = {
  theme: ["light", "dark", "auto"],
  density: ["comfortable", "compact"],
  zone: ["viewer", "utc"],
  times: ["relative", "exact"],
  singleKeys: ["on", "off"],
  live: ["on", "off"],
};

export const AUTHOR_LENGTH_MAX = 200;

const texts = new Map<string, string | null>();
const listeners = new Set<() => void>();

function read(key: string): string | null {
  const known = texts.get(key);
  if (known !== undefined) return known;
  let text: string | null = null;
  try {
    text = localStorage.getItem(key);
  } catch {
    // No store: what is set lives in `texts`.
  }
  texts.set(key, text);
  return text;
}

function write(key: string, text: string | null): void {
  // Said again is nothing new: who listens and writes what they heard must not be heard again.
  if (read(key) === text) return;
  texts.set(key, text);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // A full or forbidden store costs the memory of it, nothing else.
  }
  for (const each of listeners) each();
}

// Another tab changed something.
globalThis.addEventListener?.("storage", (event) => {
  const { key } = event as StorageEvent;
  if (key === null) texts.clear();
  else texts.delete(key);
  for (const each of listeners) each();
});

export function watchPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function preference<P extends Preference>(name: P): Preferences[P] {
  const text = read(KEYS[name]);
  const allowed = ALLOWED[name];
  const valid = text !== null && (!allowed || allowed.includes(text));
  return (valid ? text : DEFAULTS[name]) as Preferences[P];
}

export function setPreference<P extends Preference>(name: P, value: Preferences[P]): void {
  write(KEYS[name], value === DEFAULTS[name] ? null : value);
}

export function usePreference<P extends Preference>(name: P): [Preferences[P], (value: Preferences[P]) => void] {
  const value = useSyncExternalStore(watchPreferences, () => preference(name));
  return [value, (next) => setPreference(name, next)];
}

/** `list` names the table ("sessions", "traces"). Empty: the table's own layout. */
export function useColumns(list: string, project: string): [ColumnLayout[], (next: ColumnLayout[] | null) => void] {
  const key = `threadline-columns-${list}-${project}`;
  const text = useSyncExternalStore(watchPreferences, () => read(key));
  return [columns(text), (next) => write(key, next && JSON.stringify(next))];
}

const parsed = new Map<string, ColumnLayout[]>();

/** The same array for the same text, so that it may stand among a hook's dependencies. */
export function columns(text: string | null): ColumnLayout[] {
  const known = parsed.get(text ?? "");
  if (known) return known;
  let value: unknown = [];
  try {
    value = JSON.parse(text ?? "[]");
  } catch {
    // Someone else's text.
  }
  const layout = Array.isArray(value) ? value.filter(isLayout) : [];
  parsed.set(text ?? "", layout);
  return layout;
}

function isLayout(value: unknown): value is ColumnLayout {
  if (typeof value !== "object" || value === null) return false;
  const { id, shown, width } = value as Record<string, unknown>;
  return typeof id === "string" && typeof shown === "boolean" && (width === null || typeof width === "number");
}
