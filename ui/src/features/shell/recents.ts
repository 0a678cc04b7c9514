/** The pages that were looked at last, for the palette. Kept by the browser. */

export interface Recent {
  href: string;
  title: string;
}

const KEY = "threadline-recents";
const KEPT = 8;
/** Passed through sooner than this, a page was not looked at. */
export const LOOKED_AT_MS = 1500;
const SUFFIX = " · Threadline";

export function recents(): Recent[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter(isRecent).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function remember(href: string, title: string): void {
  if (!title.endsWith(SUFFIX)) return;
  const query = new URL(href, window.location.origin).searchParams.get("q");
  const words = title.slice(0, -SUFFIX.length);
  try {
    localStorage.setItem(KEY, JSON.stringify(added(recents(), { href, title: query ? `${query} · ${words}` : words })));
  } catch {
    // A full store forgets.
  }
}

/** The newest first, each page once however it was last filtered. */
export function added(list: readonly Recent[], next: Recent): Recent[] {
  const page = (href: string) => href.split("?")[0];
  return [next, ...list.filter((each) => page(each.href) !== page(next.href))].slice(0, KEPT);
}

function isRecent(value: unknown): value is Recent {
  const { href, title } = (value ?? {}) as Record<string, unknown>;
  return typeof href === "string" && href.startsWith("/") && typeof title === "string";
}
