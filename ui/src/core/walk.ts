/** The list that a session was opened from, and its place in it: "3 of 87". The list writes it when a row is
 *  opened; the session's page steps through it. Kept by the tab, so that a reload keeps the place. */

export interface Walk {
  project: string;
  /** The list's own search, without `?`: back leads there. */
  search: string;
  /** Ids of the sessions loaded so far, in the list's order. */
  keys: readonly string[];
  /** Of the whole list; null while it is not known. */
  total: number | null;
  /** Path and query that answer the next page of sessions, null at the end of the list. */
  more?: string | null;
}

export interface Place {
  walk: Walk;
  /** From 0. */
  index: number;
  total: number;
  previous: string | null;
  next: string | null;
}

const KEY = "threadline-walk";
/** A tab's store is small; a list longer than this is walked around the row that was opened. */
const KEYS_MAX = 5000;

export function startWalk(walk: Walk): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...walk, keys: walk.keys.slice(0, KEYS_MAX) }));
  } catch {
    // A full store costs the place in the list, nothing else.
  }
}

export function currentWalk(): Walk | null {
  try {
    const walk = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Walk | null;
    return walk && Array.isArray(walk.keys) ? walk : null;
  } catch {
    return null;
  }
}

/** Where a session stands in the walk; null when it was not opened from a list. */
export function placeIn(walk: Walk | null, project: string, id: string): Place | null {
  if (!walk || walk.project !== project) return null;
  const index = walk.keys.indexOf(id);
  if (index < 0) return null;
  return {
    walk,
    index,
    total: Math.max(walk.total ?? 0, walk.keys.length),
    previous: walk.keys[index - 1] ?? null,
    next: walk.keys[index + 1] ?? null,
  };
}

/** The walk with one more page of its list; what is already in it is not repeated. */
export function extended(walk: Walk, keys: readonly string[], more: string | null): Walk {
  const known = new Set(walk.keys);
  return { ...walk, keys: [...walk.keys, ...keys.filter((key) => !known.has(key))], more };
}
