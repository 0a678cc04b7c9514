import { useEffect, useRef } from "react";
import { PAUSE_MS } from "./useQueryHelp";

type OnChange = (query: string, typing: boolean) => void;

/** The query in the address, and how the box writes it there. `show`: the address changed under the box, by Back
 *  or by a facet that wrote its term. */
export function useWritten(value: string, onChange: OnChange, show: (query: string) => void) {
  const sent = useRef(value);
  // What is typed in one go is one step back in the browser's history.
  const begun = useRef(false);
  const latest = useRef({ onChange, show });
  latest.current = { onChange, show };

  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    latest.current.show(value);
  }, [value]);

  return {
    write: (query: string, typing: boolean) => {
      if (query === sent.current) return;
      sent.current = query;
      latest.current.onChange(query, typing && begun.current);
      begun.current = typing;
    },
    /** What is typed from now on is a step of its own. */
    beginAnew: () => {
      begun.current = false;
    },
  };
}

/** The address follows what is typed: at once when the server has read it, after a pause when it is sure to. */
export function useFollowed(
  text: string,
  { read, sure }: { read: boolean; sure: boolean },
  write: (query: string, typing: boolean) => void,
): void {
  const latest = useRef(write);
  latest.current = write;
  useEffect(() => {
    if (read) latest.current(text, true);
    if (read || !sure) return;
    const timer = window.setTimeout(() => latest.current(text, true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [read, sure, text]);
}
