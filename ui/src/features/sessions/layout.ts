/** Which columns a list shows, in which order, how wide: the reader's choice as far as there is room. */

import type { ColumnLayout } from "../../core/preferences";

export interface Sized {
  id: string;
  /** px. */
  width: number;
  /** A column never shrinks below its figure. */
  least: number;
  /** Shown by itself from this width of the window on. */
  from: number;
}

const GAP = 16;
const SIDES = 32;
const CHOICE = 24 + GAP;
/** What the conversation needs beside the figures. */
const WORDS_LEAST = 220;

/** All columns in the reader's order, each with whether it is shown and how wide. */
export function arranged<C extends Sized>(
  all: readonly C[],
  layout: readonly ColumnLayout[],
  viewport: number,
): { column: C; shown: boolean; width: number }[] {
  const known = layout.filter((each) => all.some((column) => column.id === each.id));
  const order = known.map((each) => each.id);
  // A column that the layout does not name keeps its place: behind the one it stands behind by itself.
  all.forEach((column, at) => {
    if (order.includes(column.id)) return;
    const ahead = all
      .slice(0, at)
      .map((each) => order.indexOf(each.id))
      .reduce((most, each) => Math.max(most, each), -1);
    order.splice(ahead + 1, 0, column.id);
  });
  return order.map((id) => {
    const column = all.find((each) => each.id === id)!;
    const set = known.find((each) => each.id === id);
    const width = Math.max(column.least, set?.width ?? column.width);
    return { column, shown: set ? set.shown : viewport >= column.from, width };
  });
}

/** Those shown that fit beside the conversation; the last ones go first. */
export function fitting<T extends { shown: boolean; width: number }>(columns: readonly T[], room: number): T[] {
  const shown = columns.filter((each) => each.shown);
  let needed = shown.reduce((sum, each) => sum + each.width + GAP, WORDS_LEAST + SIDES + CHOICE);
  while (shown.length > 0 && needed > room) {
    const widest = shown.pop()!;
    needed -= widest.width + GAP;
  }
  return shown;
}

/** The layout with one column changed; it then names every column, so that it means the same on every screen. */
export function withColumn<C extends Sized>(
  now: readonly { column: C; shown: boolean; width: number }[],
  id: string,
  change: { shown?: boolean; width?: number | null },
): ColumnLayout[] {
  return now.map(({ column, shown, width }) => {
    const own = width === column.width ? null : width;
    if (column.id !== id) return { id: column.id, shown, width: own };
    const next = change.width === undefined ? own : change.width === null ? null : Math.round(change.width);
    return { id, shown: change.shown ?? shown, width: next === null ? null : Math.max(column.least, next) };
  });
}

/** The layout with one column put before another; null: to the end. */
export function moved(layout: readonly ColumnLayout[], id: string, before: string | null): ColumnLayout[] {
  const column = layout.find((each) => each.id === id);
  if (!column || id === before) return [...layout];
  const rest = layout.filter((each) => each.id !== id);
  const at = before === null ? rest.length : rest.findIndex((each) => each.id === before);
  return [...rest.slice(0, at), column, ...rest.slice(at)];
}
