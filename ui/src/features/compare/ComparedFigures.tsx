import { Link } from "@tanstack/react-router";
import type { Session } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import { pageName } from "../../core/address";
import { difference } from "../../core/difference";
import { compact, duration, integer, money } from "../../core/format";
import styles from "./ComparePage.module.css";

type Figure = readonly [string, (session: Session) => number | null, (value: number) => string];

const FIGURES: readonly Figure[] = [
  ["Turns", (session) => session.turn_count, integer],
  ["Errors", (session) => session.error_count, integer],
  ["Duration", (session) => session.duration_ms, duration],
  ["Active", (session) => session.active_ms, duration],
  ["Latency p95", (session) => session.latency_p95_ms, duration],
  ["Tokens", (session) => session.total_tokens, compact],
  ["Cost", (session) => session.cost_usd, money],
];

interface Props {
  project: string;
  a: Session | undefined;
  b: Session | undefined;
}

/** The figures of both, and how they differ. */
export function ComparedFigures({ project, a, b }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <div className={styles.figures} tabIndex={0} role="group" aria-label="Figures">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Session</th>
            {FIGURES.map(([name]) => (
              <th key={name} scope="col" className={styles.number}>
                {name}
              </th>
            ))}
            <th scope="col">Models</th>
          </tr>
        </thead>
        <tbody>
          <Row project={project} session={a} letter="A" />
          <Row project={project} session={b} letter="B" />
          {a && b && (
            <tr>
              <th scope="row">Difference</th>
              {FIGURES.map(([name, value, words]) => (
                <td key={name} className={`figure ${styles.number}`}>
                  {difference(value(a), value(b), words)}
                </td>
              ))}
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Row({ project, session, letter }: { project: string; session: Session | undefined; letter: string }) {
  if (!session) {
    return (
      <tr>
        <th scope="row">
          <Skeleton width="12rem" />
        </th>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        <span className={styles.name}>
          <span className={styles.letter}>{letter}</span>
          <Link
            to="/p/$project/sessions/$id"
            params={{ project: pageName(project), id: session.id }}
            search={{}}
            dir="auto"
          >
            {session.first_input || session.session_id}
          </Link>
        </span>
      </th>
      {FIGURES.map(([name, value, words]) => {
        const known = value(session);
        const failed = name === "Errors" && known ? "error" : "";
        return (
          <td key={name} className={`figure ${styles.number} ${failed}`}>
            {failed && "✕ "}
            {known === null ? "" : words(known)}
          </td>
        );
      })}
      <td>{session.models.values.slice(0, 2).join(", ")}</td>
    </tr>
  );
}
