/** Code that someone marked by backticks. */

/** A fence (its signs in group 2) or a run of inline code (its signs in group 3); an open fence goes to the end. */
export const CODE = /(^|\n)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:\n\2[`~]*[^\S\n]*(?=\n|$)|$)|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/g;

export type Typed =
  | { kind: "text"; text: string }
  | { kind: "inline"; text: string }
  | { kind: "block"; text: string; language: string };

/** What a person typed, with the code they marked told apart; the rest is as they typed it. */
export function typedPieces(text: string): Typed[] {
  const found: Typed[] = [];
  let at = 0;
  for (const match of text.matchAll(CODE)) {
    const before = text.slice(at, match.index);
    if (before) found.push({ kind: "text", text: before });
    found.push(match[2] ? block(match[0].slice(match[1]?.length), match[2]) : inline(match[0], match[3] ?? ""));
    at = match.index + match[0].length;
    if (match[2] && text[at] === "\n") at += 1;
  }
  if (at < text.length) found.push({ kind: "text", text: text.slice(at) });
  return found;
}

function block(fenced: string, fence: string): Typed {
  const lines = fenced.split("\n");
  const language = (lines[0] ?? "").slice(fence.length).trim().split(/\s/)[0] ?? "";
  const closed = lines.length > 1 && (lines.at(-1) ?? "").startsWith(fence);
  return { kind: "block", text: lines.slice(1, closed ? -1 : undefined).join("\n"), language };
}

function inline(marked: string, ticks: string): Typed {
  return { kind: "inline", text: marked.slice(ticks.length, -ticks.length) };
}

/** A preview, all on one line, without the signs around code. */
export function withoutTicks(preview: string): string {
  return preview.replace(/`{3,}\w*\s?/g, "").replace(/`([^`]+)`/g, "$1");
}
