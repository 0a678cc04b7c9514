import { useEffect, useMemo, useRef, useState } from "react";

/** The query whose rows are wanted: Enter was pressed in the box. */
export interface Entered {
  query: string | null;
  want: (query: string | null) => void;
}

export function useEntered(): Entered {
  const [query, setQuery] = useState<string | null>(null);
  return useMemo(() => ({ query, want: (next) => setQuery(next?.trim() || null) }), [query]);
}

interface Shown {
  query: string | undefined;
  /** The rows are this query's own. */
  ready: boolean;
}

/** Leads on from the box as soon as the list shows what was entered: to the one row it found, or to the first of
 *  several, where Enter opens it. */
export function useLedOn({ query, want }: Entered, shown: Shown, lead: () => void): void {
  const latest = useRef(lead);
  latest.current = lead;
  const here = query !== null && shown.ready && shown.query?.trim() === query;
  useEffect(() => {
    if (!here) return;
    want(null);
    latest.current();
  }, [here, want]);
}
