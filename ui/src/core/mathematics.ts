/** Finds TeX in Markdown before a Markdown parser eats its backslashes. */

import { CODE } from "./code";

/** Begins the code spans that are mathematics: a character no one writes. */
export const INLINE_MATHEMATICS = "\uE000";

const DISPLAY = /\$\$([\s\S]{1,5000}?)\$\$|\\\[([\s\S]{1,5000}?)\\\]/g;
const INLINE = /\\\(([^\n]{1,1000}?)\\\)/g;
// Pandoc's rule keeps prices whole: no space inside, no digit after. The content must look like TeX too.
const DOLLARS = /(?<![\\$\w])\$(?=[^\s$])([^$\n]{1,500}?)(?<=[^\s\\])\$(?![\d$\w])/g;
const LIKE_TEX = /[\\^_={}+<>|]|^[A-Za-z]$/;

/** Whether a text may hold mathematics at all: most hold none and pay nothing. */
export function mayHoldMathematics(text: string): boolean {
  return /\$[^$\s]|\$\$|\\\(|\\\[/.test(text);
}

/** Inline mathematics as marked code spans, displayed mathematics as code blocks of the language `math`.
 *  What stands in code stays. */
export function withMathematicsAsCode(markdown: string): string {
  let result = "";
  let at = 0;
  for (const match of markdown.matchAll(CODE)) {
    result += replaced(markdown.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return result + replaced(markdown.slice(at));
}

function replaced(text: string): string {
  return text
    .replace(DISPLAY, (_all, dollars?: string, brackets?: string) => {
      const tex = (dollars ?? brackets ?? "").trim();
      return `\n\n~~~math\n${tex}\n~~~\n\n`;
    })
    .replace(INLINE, (_all, tex: string) => inline(tex))
    .replace(DOLLARS, (all, tex: string) => (LIKE_TEX.test(tex) ? inline(tex) : all));
}

function inline(tex: string): string {
  const longest = Math.max(0, ...[...tex.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${INLINE_MATHEMATICS}${tex.trim()}${fence}`;
}
