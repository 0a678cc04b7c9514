import { CancelledError, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type QueryScope, queryHelpQuery } from "../../api/listQueries";
import type { Query } from "../../api/types";
import { pointsBefore } from "./tokens";

/** After a key: who types on is not asked about, nor searched for. */
export const PAUSE_MS = 60;
const NONE: Query = { tokens: [], error: null, suggestions: [] };

export interface Help extends Query {
  /** What the help is about; the box may be ahead of it. */
  text: string;
}

/** Whose list is queried, and what it lists. */
export interface Asked {
  project: string;
  of: QueryScope;
}

/** What the server says about the query while it is typed: one question at a time, the last one wins. */
export function useQueryHelp({ project, of }: Asked, text: string, caret: number, asked: boolean): Help | null {
  const client = useQueryClient();
  const [help, setHelp] = useState<Help | null>(null);
  const options = queryHelpQuery(project, of, text, pointsBefore(text, caret));
  const latest = useRef(options);
  latest.current = options;
  const first = useRef(true);
  const key = `${project}\n${of}\n${caret}\n${text}`;
  useEffect(() => {
    if (!asked || !key) return;
    const wanted = latest.current;
    const ask = () => {
      const still = () => latest.current.queryKey.join("\n") === wanted.queryKey.join("\n");
      client.fetchQuery(wanted).then(
        (found) => still() && setHelp({ ...found, text }),
        // Without help the list itself says what it cannot read.
        (error: unknown) => still() && !(error instanceof CancelledError) && setHelp({ ...NONE, text }),
      );
    };
    const timer = window.setTimeout(ask, first.current ? 0 : PAUSE_MS);
    first.current = false;
    return () => {
      clearTimeout(timer);
      // Only a question that nobody waits for any more: aborting goes through its signal.
      void client.cancelQueries({ queryKey: wanted.queryKey }, { silent: true });
    };
  }, [asked, client, key, text]);
  return help;
}
