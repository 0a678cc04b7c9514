/** How one figure differs from another: "+2", "−1.2 s". Nothing where either is not known or both are the same. */

type Maybe = number | null | undefined;

export function difference(from: Maybe, to: Maybe, words: (value: number) => string): string {
  if (from == null || to == null || from === to) return "";
  const text = words(Math.abs(to - from));
  return text ? `${to > from ? "+" : "−"}${text}` : "";
}
