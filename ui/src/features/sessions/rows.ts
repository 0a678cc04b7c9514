/** Rows of a list by their place. They are drawn a frame or two after they are scrolled to. */

const FRAMES = 10;
const PX = { comfortable: 52, compact: 32, stacked: 88 };

/** In px; a row that is a card takes no notice of the density. */
export function rowHeight(stacked: boolean, density: "comfortable" | "compact"): number {
  return stacked ? PX.stacked : PX[density];
}

export function focusRow(list: HTMLElement | null, index: number): void {
  withRow(list, index, (link) => link.focus({ preventScroll: true }));
}

/** As a click on it does. */
export function openRow(list: HTMLElement | null, index: number): void {
  withRow(list, index, (link) => link.click());
}

function withRow(list: HTMLElement | null, index: number, act: (link: HTMLElement) => void, frames = FRAMES): void {
  const link = list?.querySelector<HTMLElement>(`[data-row="${index}"] a`);
  if (link) act(link);
  else if (frames > 0) requestAnimationFrame(() => withRow(list, index, act, frames - 1));
}
