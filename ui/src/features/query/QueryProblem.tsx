import type { Problem } from "./offered";
import styles from "./QueryBox.module.css";

/** What cannot be read, at which column, and what was expected there. */
export function QueryProblem({ id, problem }: { id: string; problem: Problem }) {
  return (
    <div id={id} className={styles.problem}>
      <p>
        <span className="error">✕ Column {problem.column}</span> {problem.message}
      </p>
      {problem.expected.length > 0 && !problem.message.includes(problem.expected[0]!) && (
        <p className={styles.expected}>
          Expected{" "}
          {problem.expected.slice(0, 8).map((each, at) => (
            <span key={each}>
              {at > 0 && ", "}
              <span className="mono">{each}</span>
            </span>
          ))}
          .
        </p>
      )}
    </div>
  );
}
