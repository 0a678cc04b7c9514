import { expect, test } from "vitest";
import { axisOf, barsOf, placeOf } from "./timeline";

const HOUR = 3_600_000;

function outline(start_ms: (number | null)[], latency_ms: (number | null)[], status: number[] = []) {
  return { turn_count: start_ms.length, start_ms, latency_ms, status };
}

test("a long pause shrinks, the rest stands to scale", () => {
  const axis = axisOf(outline([0, 2000, HOUR], [1000, 1000, 3000]), 624);
  expect(axis.runs.map((run) => [run.from, run.to])).toEqual([
    [0, 300],
    [324, 624],
  ]);
  expect(axis.gaps).toEqual([{ from: 300, to: 324, idleMs: HOUR - 3000, beforeTurn: 3 }]);
  expect(placeOf(axis, 1500)).toBe(150);
  expect(placeOf(axis, HOUR / 2)).toBe(324);
});

test("turns are bars; those too narrow to tell apart are one", () => {
  const turns = outline([0, 1000, 1010, null], [900, 5, 5, null], [0, 0, 2, 0]);
  const bars = barsOf(turns, axisOf(turns, 1015));
  expect(bars.map((bar) => [bar.first, bar.last, bar.failed])).toEqual([
    [1, 1, false],
    [2, 2, false],
    [3, 3, true],
  ]);
  const narrow = axisOf(turns, 100);
  expect(barsOf(turns, narrow).map((bar) => [bar.first, bar.last, bar.failed])).toEqual([
    [1, 1, false],
    [2, 3, true],
  ]);
  expect(barsOf(turns, narrow, 95, 100)).toHaveLength(1);
});

test("many pauses leave half of the width to the turns", () => {
  const count = 200;
  const starts = Array.from({ length: count }, (_, at) => at * HOUR);
  const turns = outline(
    starts,
    starts.map(() => 1000),
  );
  const axis = axisOf(turns, 1000);
  expect(axis.gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)).toBeCloseTo(500);
  expect(axis.runs.at(-1)!.to).toBeCloseTo(1000);
});

test("nothing known draws nothing", () => {
  const none = outline([null], [null]);
  expect(barsOf(none, axisOf(none, 100))).toEqual([]);
  expect(placeOf(axisOf(none, 100), 5)).toBe(0);
});
