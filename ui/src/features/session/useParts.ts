import { useEffect, useState } from "react";
import type { Message } from "../../api/types";
import { markdown, mathematics } from "../../components/parts";
import { mayHoldMathematics } from "../../core/mathematics";

/** Tells whether messages can be drawn as they stay: what reads Markdown is a part of its own, and what sets
 *  formulas is one that most sessions never need. */
export function useParts(): (messages: readonly Message[]) => boolean {
  const [, again] = useState(0);
  const [wanted, want] = useState(false);
  useEffect(() => {
    const parts = wanted ? [markdown, mathematics] : [markdown];
    for (const part of parts) if (!part.here()) void part.load().then(() => again((count) => count + 1));
  }, [wanted]);
  return (messages) => {
    if (!markdown.here()) return false;
    if (mathematics.here() || !messages.some(holdsMathematics)) return true;
    if (!wanted) want(true);
    return false;
  };
}

const known = new WeakMap<Message, boolean>();

function holdsMathematics(message: Message): boolean {
  const before = known.get(message);
  if (before !== undefined) return before;
  const holds = message.parts.some((part) => part.type === "text" && mayHoldMathematics(part.text));
  known.set(message, holds);
  return holds;
}
