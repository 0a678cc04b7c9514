import { useEffect, useRef } from "react";

const EVENT = "threadline:query";

/** Begins a term in the search box: a facet with more values than it shows lets one type the rest. */
export function beginTerm(term: string): void {
  document.dispatchEvent(new CustomEvent<string>(EVENT, { detail: term }));
}

/** The begun term stands behind what the box already holds. */
export function useBegun(text: string, put: (next: string) => void): void {
  const latest = useRef((_term: string) => {});
  latest.current = (term) => put([text.trim(), term].filter(Boolean).join(" "));
  useEffect(() => {
    const hear = (event: Event) => latest.current((event as CustomEvent<string>).detail);
    document.addEventListener(EVENT, hear);
    return () => document.removeEventListener(EVENT, hear);
  }, []);
}
