/** Rows of a list by their place. They are drawn a frame or two after they are scrolled to. */

const FRAMES = 10;

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
