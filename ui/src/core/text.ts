/** What a reader is shown of a long text. */

export const FOLD_OVER_LINES = 24;
export const FOLD_TO_LINES = 16;
const CHARACTERS_A_LINE = 80;
export const LINES_COUNTED_MAX = 10_000;

/** Lines the text will take at reading width, roughly; counting stops at 10,000. */
export function estimatedLines(text: string): number {
  let lines = 0;
  let from = 0;
  while (from <= text.length && lines < LINES_COUNTED_MAX) {
    const to = text.indexOf("\n", from);
    const length = (to < 0 ? text.length : to) - from;
    lines += Math.max(1, Math.ceil(length / CHARACTERS_A_LINE));
    if (to < 0) break;
    from = to + 1;
  }
  return Math.min(lines, LINES_COUNTED_MAX);
}

/** The beginning of a text that fills the folded height, cut at a code point. */
export function beginning(text: string, lines = FOLD_TO_LINES): string {
  const most = lines * CHARACTERS_A_LINE * 2;
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Words, for scripts that part them by spaces; characters tell more elsewhere, so it is only ever "412 words". */
export function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Whether a text may hold Markdown at all: most messages are plain and need no parser. */
export function mayBeMarkdown(text: string): boolean {
  return /[*_`#[\]|~<>]|^\s*[-+]\s|^\s*\d+[.)]\s|https?:\/\/|www\./m.test(text);
}

/** A preview without the signs of Markdown: `[label](address)` reads as its label, `**so**` as so. */
export function withoutMarkdown(text: string): string {
  return text
    .replace(/!?\[([^\]\n]{1,200})\]\((?:[^()\s]|\([^()\s]*\))*(?:\)|$)/g, "$1")
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, "$2")
    .replace(/^#{1,6}\s+/gm, "")
    .replace(/`([^`\n]+)`/g, "$1");
}
