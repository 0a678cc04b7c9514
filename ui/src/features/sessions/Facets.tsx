import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery, type SessionFilter } from "../../api/listQueries";
import type { Facet } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import { TAG } from "../../core/labels";
import { failuresOf, hasTerm, opposite, termOf, termsIn, withoutTerm, withTerm } from "../query/terms";
import styles from "./Facets.module.css";
import { FacetValues, inSight } from "./FacetValues";
import type { Change } from "./search";

/** In this order; a facet without values is not shown. */
const FACETS: readonly (readonly [string, string])[] = [
  ["tool", "Tools"],
  ["model", "Models"],
  ["user", "End users"],
  ["annotation", "Labels"],
  ["tag", "Tags"],
  ["agent", "Agents"],
  ["environment", "Environment"],
  ["service", "Services"],
  ["kind", "Kinds of span"],
];
/** Values of a facet that is unfolded; of more than these the box finds the rest. */
const UNFOLDED_MAX = 200;

interface Props {
  project: string;
  filter: SessionFilter;
  change: Change;
}

/** What the sessions of the list are made of, with counts; a click narrows the query, another takes it back. */
export function Facets({ project, filter, change }: Props) {
  const query = filter.q ?? "";
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const fold = (facet: string, open: boolean) =>
    setUnfolded((now) => new Set(open ? [...now, facet] : [...now].filter((each) => each !== facet)));
  const few = useQuery({ ...facetsQuery(project, filter), placeholderData: keepPreviousData });
  const many = few.data?.data.some((each) => unfolded.has(each.name) && each.count > each.values.length) ?? false;
  const all = useQuery({ ...facetsQuery(project, filter, UNFOLDED_MAX), enabled: many });
  const data = (many && all.data) || few.data;
  const { isPending } = few;
  const write = (next: string) => change({ q: next || undefined, view: undefined });
  const turn = (term: string) => write(hasTerm(query, term) ? withoutTerm(query, term) : withTerm(query, term));
  const named = (name: string) => data?.data.find((each) => each.name === name);
  const facets = FACETS.map(([name, title]) => ({
    title,
    facet: name === "annotation" ? withoutTags(named(name)) : named(name),
  })).filter((each): each is { title: string; facet: Facet } => (each.facet?.values.length ?? 0) > 0);
  const shown = facets.flatMap(({ facet }) => inSight(facet, query).flatMap((value) => termsOf(facet.name, value)));
  const others = isPending ? [] : termsIn(query).filter((term) => !shown.includes(term));
  return (
    <div className={styles.facets}>
      {isPending && <Waiting />}
      {others.length > 0 && (
        <section className={styles.facet}>
          <h2 className={styles.title}>In the query</h2>
          <ul className={styles.values}>
            {others.map((term) => (
              <li key={term} className={styles.line} data-state="on">
                <button type="button" className={styles.value} aria-pressed title={term} onClick={() => turn(term)}>
                  <span className={styles.mark} aria-hidden>
                    ✕
                  </span>
                  <span className={styles.name}>{term}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data?.complete === false && <p className={styles.note}>Counted in the newest sessions only.</p>}
      {facets.map(({ title, facet }) => (
        <section key={facet.name} className={styles.facet}>
          <h2 className={styles.title}>{title}</h2>
          <FacetValues
            facet={facet}
            title={title}
            open={unfolded.has(facet.name)}
            fold={fold}
            query={query}
            turn={turn}
          />
        </section>
      ))}
    </div>
  );
}

/** A tag that a person set is kept as a label of the name `tag`: it stands among the tags. */
function withoutTags(labels: Facet | undefined): Facet | undefined {
  if (!labels) return undefined;
  const values = labels.values.filter((each) => !each.value.startsWith(`${TAG}:`));
  return { ...labels, values, count: labels.count - (labels.values.length - values.length) };
}

function termsOf(facet: string, value: Facet["values"][number]): string[] {
  const term = termOf(facet, value.value);
  return [term, opposite(term), ...(value.errors ? [failuresOf(value.value)] : [])];
}

function Waiting() {
  return (
    <div className={styles.facet}>
      <Skeleton width="40%" />
      {["80%", "65%", "72%"].map((width) => (
        <span key={width} className={styles.value}>
          <Skeleton width={width} />
        </span>
      ))}
    </div>
  );
}
