import { useQuery } from "@tanstack/react-query";
import { facetsQuery, type SessionFilter } from "../../api/queries";
import type { Facet } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import { compact, integer } from "../../core/format";
import styles from "./Facets.module.css";
import type { Change } from "./search";

const WORDS: Record<string, string> = {
  tool: "Tools",
  model: "Models",
  user: "End users",
  user_id: "End users",
  label: "Labels",
  annotation: "Labels",
  tag: "Tags",
  agent: "Agents",
  environment: "Environment",
  service: "Services",
};
const ORDER = ["Tools", "Models", "End users", "Labels", "Tags", "Agents", "Environment", "Services"];
const SHOWN = 6;

/** What the sessions of the list are made of, with counts; failures beside the tools. */
export function Facets({ project, filter, change }: { project: string; filter: SessionFilter; change: Change }) {
  const { data, isPending } = useQuery(facetsQuery(project, filter));
  const facets = (data?.data ?? [])
    .map((facet) => ({ ...facet, title: WORDS[facet.name.replace(/s$/, "")] ?? facet.name }))
    .filter((facet) => facet.values.length > 0)
    .sort((a, b) => ORDER.indexOf(a.title) - ORDER.indexOf(b.title));
  return (
    <aside className={styles.facets} aria-label="In these sessions">
      {isPending && <Waiting />}
      {facets.map((facet) => (
        <section key={facet.name} className={styles.facet}>
          <h2 className={styles.title}>{facet.title}</h2>
          <ul className={styles.values}>
            {facet.values.slice(0, SHOWN).map((value) => (
              <Value
                key={value.value}
                value={value}
                act={facet.title === "End users" ? () => change({ user: value.value }) : undefined}
              />
            ))}
          </ul>
        </section>
      ))}
    </aside>
  );
}

function Value({ value, act }: { value: Facet["values"][number]; act: (() => void) | undefined }) {
  const count = value.calls ?? value.sessions;
  const name = (
    <>
      <span className={styles.name}>{value.value}</span>
      <span className={`figure ${styles.count}`} title={value.calls === null ? "sessions" : "calls"}>
        {count < 100_000 ? integer(count) : compact(count)}
        {value.errors ? (
          <span className={styles.errors}>
            {" · "}
            {integer(value.errors)} ✕<span className="unseen"> failed</span>
          </span>
        ) : null}
      </span>
    </>
  );
  return (
    <li title={value.value}>
      {act ? (
        <button type="button" className={styles.value} onClick={act}>
          {name}
        </button>
      ) : (
        <span className={styles.value}>{name}</span>
      )}
    </li>
  );
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
