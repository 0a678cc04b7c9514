import { useRef, useState } from "react";
import { surelyReadable } from "./terms";
import { carried, type Token } from "./tokens";
import { type Asked, useQueryHelp } from "./useQueryHelp";

/** What is typed, and what the server says about exactly that; its colours until it has said anything. */
export function useTyped(asked: Asked, value: string, inside: boolean) {
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const held = useRef<{ text: string; tokens: readonly Token[] }>({ text: "", tokens: [] });
  const help = useQueryHelp(asked, text, caret, inside || text !== "");
  const fresh = help?.text === text ? help : null;
  if (fresh) held.current = { text, tokens: fresh.tokens };
  const read = useRef("");
  if (fresh && !fresh.error) read.current = text;
  return {
    text,
    fresh,
    /** The list need not wait for what the server says about the query: it can be read. */
    sure: surelyReadable(text, read.current),
    tokens: fresh ? fresh.tokens : carried(held.current.tokens, held.current.text, text),
    set: (next: string, at: number) => {
      setText(next);
      setCaret(at);
    },
    moveCaret: (at: number) => at !== caret && setCaret(at),
  };
}
