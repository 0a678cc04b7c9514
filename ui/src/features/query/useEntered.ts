import { useEffect, useMemo, useRef, useState } from "react";

/** The query whose first row is wanted: Enter was pressed in the box. */
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

/** Opens the first row as soon as the list shows what was entered. */
export function useOpenedFirst({ query, want }: Entered, shown: Shown, open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  const here = query !== null && shown.ready && shown.query?.trim() === query;
  useEffect(() => {
    if (!here) return;
    want(null);
    latest.current();
  }, [here, want]);
}
