/** The marks of a time axis. */

/** Round times (1, 2 or 5 times a power of ten; of minutes and hours their halves and quarters) from 0 to
 *  `lengthMs`, at most `atMost` steps. */
export function ticks(lengthMs: number, atMost = 4): number[] {
  if (!(lengthMs > 0)) return [0];
  const step = roundUp(lengthMs / atMost);
  const count = Math.floor(lengthMs / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

const LONG = [1, 2, 5, 10, 15, 30]
  .flatMap((of) => [of * 1000, of * 60_000])
  .concat([1, 2, 3, 6, 12, 24].map((h) => h * 3_600_000));

function roundUp(ms: number): number {
  if (ms > 1000 && ms <= 24 * 3_600_000) return Math.min(...LONG.filter((each) => each >= ms));
  const power = 10 ** Math.floor(Math.log10(ms));
  return [1, 2, 5, 10].map((of) => of * power).find((each) => each >= ms * (1 - 1e-9))!;
}

/** A mark in the unit of its axis: all in ms, or all in seconds, else as people say it. */
export function tickWords(ms: number, lengthMs: number): string {
  if (ms === 0) return "0";
  if (lengthMs < 1000) return `${trimmed(ms)} ms`;
  if (lengthMs < 120_000) return `${trimmed(ms / 1000)} s`;
  const minutes = ms / 60_000;
  if (lengthMs < 7_200_000) return `${trimmed(minutes)} min`;
  return `${trimmed(minutes / 60)} h`;
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(3)));
}
