import { occurrences, pieces } from "../core/marks";

/** A text with its hits marked. Ranges count code points. */
export function Marked({ text, ranges }: { text: string; ranges: readonly (readonly number[])[] }) {
  return pieces(text, ranges).map((piece, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity
    piece.marked ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
  );
}

/** A text with every place marked where `find` stands. */
export function Hits({ text, find }: { text: string; find: string | undefined }) {
  return find ? <Marked text={text} ranges={occurrences(text, find)} /> : text;
}
