/** The query's colours. The server names the tokens; until it has answered for what is typed, those it named
 *  before stay with their text. Places are code points, [start, end). */

export interface Token {
  kind: string;
  start: number;
  end: number;
}

export interface Coloured {
  text: string;
  kind: string;
  /** Stands at the beginning or at the end of one term, scope or phrase. */
  first: boolean;
  last: boolean;
}

/** Tokens of `before` as they stand in `after`: what lies before and behind the change keeps its colour. */
export function carried(tokens: readonly Token[], before: string, after: string): Token[] {
  if (before === after) return [...tokens];
  const old = Array.from(before);
  const now = Array.from(after);
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - same;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const shift = now.length - old.length;
  const changedTo = old.length - tail;
  const kept: Token[] = [];
  for (const token of tokens) {
    if (token.end === same) kept.push({ ...token, end: grown(now, same, now.length - tail) });
    else if (token.end < same) kept.push(token);
    else if (token.start >= changedTo) kept.push({ ...token, start: token.start + shift, end: token.end + shift });
    else kept.push({ ...token, start: Math.min(token.start, same), end: Math.max(same, token.end + shift) });
  }
  return kept.filter((token) => token.end > token.start);
}

/** What is typed right behind a token belongs to it, up to the next space. */
function grown(points: readonly string[], from: number, to: number): number {
  let end = from;
  while (end < to && /\S/.test(points[end]!)) end += 1;
  return end;
}

/** Kinds that are part of a term, drawn as one block. */
const TERM = new Set(["field", "operator", "value", "number", "not", "scope"]);

/** The whole text in pieces, in order, each with its kind; `plain` between tokens. */
export function coloured(text: string, tokens: readonly Token[]): Coloured[] {
  const points = Array.from(text);
  const found: { text: string; kind: string; start: number; end: number }[] = [];
  let at = 0;
  const push = (kind: string, start: number, end: number) => {
    if (end > start) found.push({ kind, start, end, text: points.slice(start, end).join("") });
  };
  for (const token of [...tokens].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, token.start);
    const end = Math.min(points.length, token.end);
    if (end <= start) continue;
    push("plain", at, start);
    push(token.kind, start, end);
    at = end;
  }
  push("plain", at, points.length);
  const inTerm = (index: number) => TERM.has(found[index]?.kind ?? "");
  return found.map((piece, index) => ({
    text: piece.text,
    kind: piece.kind,
    first: !(inTerm(index) && inTerm(index - 1)),
    last: !(inTerm(index) && inTerm(index + 1)),
  }));
}

/** Code points before a place in UTF-16 units, and back. */
export function pointsBefore(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}

export function unitsBefore(text: string, points: number): number {
  return Array.from(text).slice(0, points).join("").length;
}

/** The text with [start, end) in code points replaced, and the caret behind what came in, in UTF-16 units. */
export function replaced(text: string, start: number, end: number, by: string): { text: string; caret: number } {
  const points = Array.from(text);
  const head = points.slice(0, start).join("") + by;
  return { text: head + points.slice(end).join(""), caret: head.length };
}
