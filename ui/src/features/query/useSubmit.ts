import { useEffect, useRef } from "react";

interface Parts {
  text: string;
  /** The server has read what is typed. */
  read: boolean;
  enter: () => void;
}

/** Enter; before the server has read the query it counts as soon as it has. */
export function useSubmit({ text, read, enter }: Parts): () => void {
  const wanted = useRef<string | null>(null);
  const latest = useRef(enter);
  latest.current = enter;
  useEffect(() => {
    if (!read || wanted.current !== text) return;
    wanted.current = null;
    latest.current();
  }, [read, text]);
  return () => {
    if (read) enter();
    else wanted.current = text;
  };
}
