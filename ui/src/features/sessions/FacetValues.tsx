import { useEffect, useRef } from "react";
import type { Facet } from "../../api/types";
import { integer } from "../../core/format";
import { beginTerm } from "../query/begin";
import { hasTerm, opposite, termOf } from "../query/terms";
import styles from "./Facets.module.css";
import { FacetValueRow } from "./FacetValueRow";

const SHOWN = 6;

interface Props {
  facet: Facet;
  title: string;
  /** All values stand in the list. */
  open: boolean;
  fold: (facet: string, open: boolean) => void;
  query: string;
  turn: (term: string) => void;
}

/** A facet's most frequent values; the rest on demand, in the same place. */
export function FacetValues({ facet, title, open, fold, query, turn }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const asked = useRef(false);
  const few = inSight(facet, query);
  const shown = open ? facet.values : few;
  const rest = facet.count - few.length;
  // Who unfolds goes on with what came in.
  useEffect(() => {
    if (!open || !asked.current) return;
    asked.current = false;
    list.current?.children[SHOWN]?.querySelector("button")?.focus();
  }, [open]);
  return (
    <>
      <ul ref={list} className={styles.values} aria-label={title}>
        {shown.map((value) => (
          <FacetValueRow key={value.value} facet={facet.name} value={value} query={query} turn={turn} />
        ))}
      </ul>
      {open && facet.count > facet.values.length && (
        <button type="button" className={styles.rest} onClick={() => beginTerm(fieldOf(facet.name))}>
          Search {integer(facet.count - facet.values.length)} others…
        </button>
      )}
      {rest > 0 && (
        <button
          type="button"
          className={styles.rest}
          aria-expanded={open}
          onClick={() => {
            asked.current = !open;
            fold(facet.name, !open);
          }}
        >
          {open ? "Fewer" : `${integer(rest)} more`}
          <span className="unseen"> {title}</span>
        </button>
      )}
    </>
  );
}

function fieldOf(facet: string): string {
  return facet === "annotation" ? "annotation." : termOf(facet, "").replace(/""$/, "");
}

/** The most frequent; one that the query names stays in sight however rare it is. */
export function inSight(facet: Facet, query: string): Facet["values"] {
  const named = facet.values.filter((value, at) => {
    const term = termOf(facet.name, value.value);
    return at >= SHOWN && (hasTerm(query, term) || hasTerm(query, opposite(term)));
  });
  return [...facet.values.slice(0, SHOWN), ...named];
}
