/** Two sessions beside each other: which turn of the one answers to which of the other. */

export interface Pair {
  a: number | null;
  b: number | null;
}

const TURNS_ALIGNED_MAX = 400;
const ALIKE = 0.5;

/** The longest run of like inputs keeps its order; between them turns pair up in order. Turns count from 1.
 *  Sessions above 400 turns pair by number: comparing each with each would block the page. */
export function align(a: readonly string[], b: readonly string[]): Pair[] {
  if (a.length > TURNS_ALIGNED_MAX || b.length > TURNS_ALIGNED_MAX) return between(0, a.length, 0, b.length);
  const pairs: Pair[] = [];
  let fromA = 0;
  let fromB = 0;
  for (const [x, y] of anchors(a.map(wordsOf), b.map(wordsOf))) {
    pairs.push(...between(fromA, x, fromB, y), { a: x + 1, b: y + 1 });
    fromA = x + 1;
    fromB = y + 1;
  }
  return [...pairs, ...between(fromA, a.length, fromB, b.length)];
}

function between(fromA: number, toA: number, fromB: number, toB: number): Pair[] {
  return Array.from({ length: Math.max(toA - fromA, toB - fromB) }, (_, at) => ({
    a: fromA + at < toA ? fromA + at + 1 : null,
    b: fromB + at < toB ? fromB + at + 1 : null,
  }));
}

/** The longest common subsequence of inputs that share most of their words. */
function anchors(a: Set<string>[], b: Set<string>[]): [number, number][] {
  const like = a.map((x) => b.map((y) => alike(x, y) >= ALIKE));
  const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let x = a.length - 1; x >= 0; x--) {
    for (let y = b.length - 1; y >= 0; y--) {
      const met = like[x]![y] ? best[x + 1]![y + 1]! + 1 : 0;
      best[x]![y] = Math.max(met, best[x + 1]![y]!, best[x]![y + 1]!);
    }
  }
  const found: [number, number][] = [];
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    if (like[x]![y] && best[x]![y] === best[x + 1]![y + 1]! + 1) found.push([x++, y++]);
    else if (best[x + 1]![y]! >= best[x]![y + 1]!) x += 1;
    else y += 1;
  }
  return found;
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .slice(0, 2000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  );
}

/** The share of words that two inputs have in common. */
function alike(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return common / (a.size + b.size - common);
}
