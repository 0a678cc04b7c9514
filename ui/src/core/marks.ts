/** Splits a text at ranges that count code points, as the API does; JavaScript counts UTF-16 units. */

export interface Piece {
  text: string;
  marked: boolean;
}

export function pieces(text: string, ranges: readonly (readonly number[])[]): Piece[] {
  if (ranges.length === 0) return [{ text, marked: false }];
  const points = Array.from(text);
  const found: Piece[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of [...ranges].sort((a, b) => a[0]! - b[0]!)) {
    const from = Math.max(start, at);
    const to = Math.min(end, points.length);
    if (to <= from) continue;
    if (from > at) found.push({ text: points.slice(at, from).join(""), marked: false });
    found.push({ text: points.slice(from, to).join(""), marked: true });
    at = to;
  }
  if (at < points.length) found.push({ text: points.slice(at).join(""), marked: false });
  return found;
}

/** Where a literal needle stands in a text, without regard to case; in code points. For the page's own
 *  highlighting of a text it already holds. */
export function occurrences(text: string, needle: string, atMost = 200): [number, number][] {
  if (!needle) return [];
  const points = Array.from(text);
  // One code point may fold to several (ß, İ): each folded unit remembers where it came from.
  const origin: number[] = [];
  let together = "";
  points.forEach((point, index) => {
    const lower = fold(point);
    together += lower;
    for (let unit = 0; unit < lower.length; unit++) origin.push(index);
  });
  const wanted = folded(needle);
  const found: [number, number][] = [];
  for (
    let at = together.indexOf(wanted);
    at >= 0 && found.length < atMost;
    at = together.indexOf(wanted, at + wanted.length)
  ) {
    found.push([origin[at]!, origin[at + wanted.length - 1]! + 1]);
  }
  return found;
}

/** A text as hits are looked for in it. */
export function folded(text: string): string {
  return Array.from(text, fold).join("");
}

function fold(text: string): string {
  return text.toLowerCase().replace(/ß/g, "ss");
}

/** A text begun shortly before its first hit, so that one line shows it. Ranges move along. */
export function aroundFirst(
  text: string,
  ranges: readonly (readonly number[])[],
  before = 32,
): { text: string; ranges: [number, number][] } {
  const first = Math.min(...ranges.map((range) => range[0] ?? 0));
  const same = ranges.map(([start = 0, end = 0]): [number, number] => [start, end]);
  if (ranges.length === 0 || first <= before) return { text, ranges: same };
  const points = Array.from(text);
  let from = first - before;
  const space = points.indexOf(" ", from);
  if (space >= 0 && space < first) from = space + 1;
  return {
    text: `…${points.slice(from).join("")}`,
    ranges: same.map(([start, end]) => [start - from + 1, end - from + 1]),
  };
}
