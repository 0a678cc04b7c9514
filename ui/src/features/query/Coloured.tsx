import styles from "./QueryBox.module.css";
import { coloured, type Token } from "./tokens";

interface Props {
  text: string;
  tokens: readonly Token[];
  /** [start, end) in code points: what cannot be read. */
  wrong: readonly [number, number] | null;
}

const LOOKS: Record<string, string | undefined> = {
  field: styles.term,
  operator: styles.term,
  value: styles.term,
  number: styles.term,
  not: styles.term,
  scope: styles.term,
  or: styles.word,
  parenthesis: styles.word,
  phrase: styles.phrase,
};

/** Lies behind the input letter for letter: only grounds and lines, the letters are the input's own. */
export function Coloured({ text, tokens, wrong }: Props) {
  const marked = wrong ? [...tokens.filter((token) => token.kind !== "error"), ...split(tokens, wrong)] : tokens;
  return coloured(text, marked).map((piece, at) => {
    const look = LOOKS[piece.kind];
    const names = [look, piece.first && styles.first, piece.last && styles.last].filter(Boolean);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
      <span key={at} className={look ? names.join(" ") : undefined} data-kind={piece.kind}>
        {piece.text}
      </span>
    );
  });
}

function split(tokens: readonly Token[], [start, end]: readonly [number, number]): Token[] {
  const covered = tokens.some((token) => token.kind !== "error" && token.start <= start && token.end >= end);
  return covered ? [] : [{ kind: "error", start, end }];
}
