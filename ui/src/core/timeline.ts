/** A session on one time axis: what runs stands to scale, long pauses shrink to a fixed width. */

import { IDLE_FROM_MS, type OutlineColumns } from "./outline";

/** Turns between two long pauses. Times are milliseconds since the session's origin, places are pixels. */
export interface Run {
  startMs: number;
  endMs: number;
  from: number;
  to: number;
}

export interface Gap {
  from: number;
  to: number;
  idleMs: number;
  beforeTurn: number;
}

export interface Axis {
  runs: readonly Run[];
  gaps: readonly Gap[];
  width: number;
}

/** One turn, or several too narrow to tell apart. */
export interface Bar {
  x: number;
  width: number;
  first: number;
  last: number;
  failed: boolean;
}

export const GAP_PX = 24;
const BAR_PX_MIN = 3;

export function axisOf(outline: OutlineColumns, width: number): Axis {
  const { spans, idle } = cut(outline);
  const total = spans.reduce((sum, run) => sum + length(run), 0);
  // Many pauses may take half of the width between them, no more.
  const gapPx = idle.length === 0 ? 0 : Math.min(GAP_PX, width / 2 / idle.length);
  const scale = (width - gapPx * idle.length) / Math.max(1, total);
  const runs: Run[] = [];
  const gaps: Gap[] = [];
  let x = 0;
  spans.forEach((run, at) => {
    const to = total === 0 ? x + width / spans.length : x + length(run) * scale;
    runs.push({ ...run, from: x, to });
    x = to;
    const pause = idle[at];
    if (pause) {
      gaps.push({ ...pause, from: x, to: x + gapPx });
      x += gapPx;
    }
  });
  return { runs, gaps, width };
}

function length(run: { startMs: number; endMs: number }): number {
  return Math.max(1, run.endMs - run.startMs);
}

function cut(outline: OutlineColumns) {
  const spans: { startMs: number; endMs: number }[] = [];
  const idle: { idleMs: number; beforeTurn: number }[] = [];
  for (let at = 0; at < outline.turn_count; at++) {
    const start = outline.start_ms[at] ?? null;
    if (start === null) continue;
    const end = start + (outline.latency_ms[at] ?? 0);
    const last = spans.at(-1);
    if (last && start - last.endMs < IDLE_FROM_MS) {
      last.endMs = Math.max(last.endMs, end);
      continue;
    }
    if (last) idle.push({ idleMs: start - last.endMs, beforeTurn: at + 1 });
    spans.push({ startMs: start, endMs: end });
  }
  return { spans, idle };
}

/** Where a moment stands; a moment within a pause stands at its end. */
export function placeOf(axis: Axis, ms: number): number {
  let low = 0;
  let high = axis.runs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (axis.runs[middle]!.endMs < ms) low = middle + 1;
    else high = middle;
  }
  const run = axis.runs[low];
  if (!run) return 0;
  const share = (ms - run.startMs) / length(run);
  return run.from + Math.min(1, Math.max(0, share)) * (run.to - run.from);
}

/** The turns drawn between two places. Those under three pixels from each other are one bar. */
export function barsOf(outline: OutlineColumns, axis: Axis, from = 0, to = axis.width): Bar[] {
  const bars: Bar[] = [];
  for (let at = 0; at < outline.turn_count; at++) {
    const start = outline.start_ms[at] ?? null;
    if (start === null) continue;
    const x = placeOf(axis, start);
    const width = Math.max(BAR_PX_MIN, placeOf(axis, start + (outline.latency_ms[at] ?? 0)) - x);
    if (x + width < from || x > to) continue;
    const failed = outline.status[at] === 2;
    const last = bars.at(-1);
    if (last && x - last.x < BAR_PX_MIN) {
      last.last = at + 1;
      last.width = Math.max(last.width, x + width - last.x);
      last.failed ||= failed;
    } else bars.push({ x, width, first: at + 1, last: at + 1, failed });
  }
  return bars;
}
