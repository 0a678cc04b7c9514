/** Who labels: asked once, kept by the browser. Shown beside each annotation. */

import { AUTHOR_LENGTH_MAX, preference, setPreference } from "./preferences";

export function author(): string {
  return preference("author");
}

export function nameAuthor(name: string): void {
  setPreference("author", name.trim().slice(0, AUTHOR_LENGTH_MAX));
}
