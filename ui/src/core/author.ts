/** Who labels: asked once, kept by the browser. Shown beside each annotation. */

const KEY = "threadline-author";

export function author(): string {
  return localStorage.getItem(KEY) ?? "";
}

export function nameAuthor(name: string): void {
  localStorage.setItem(KEY, name.trim().slice(0, 256));
}
