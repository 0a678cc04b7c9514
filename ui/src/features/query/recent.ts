/** Queries that found something lately, newest first: kept in this browser, by project. */

const KEPT = 8;

export function recentQueries(project: string): string[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(key(project)) ?? "[]");
    return Array.isArray(held) ? held.filter((each): each is string => typeof each === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function rememberQuery(project: string, query: string): void {
  const words = query.trim();
  if (words.length < 2) return;
  const others = recentQueries(project).filter((each) => each !== words);
  try {
    localStorage.setItem(key(project), JSON.stringify([words, ...others].slice(0, KEPT)));
  } catch {
    // A full or closed storage remembers nothing; the box works all the same.
  }
}

function key(project: string): string {
  return `threadline-recent:${project}`;
}
