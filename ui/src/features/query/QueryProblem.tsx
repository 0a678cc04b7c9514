import type { Problem } from "./offered";
import styles from "./QueryBox.module.css";

/** What cannot be read, at which column, and what was expected there. */
export function QueryProblem({ id, problem }: { id: string; problem: Problem }) {
  return (
    <div id={id} className={styles.problem}>
      <p>
        <span className="error">✕ Column {problem.column}</span> {problem.message}
      </p>
      {addsSomething(problem) && (
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

/** What is expected is said once: not what the message names, nor one thing in words that it speaks of anyway. */
function addsSomething({ message, expected }: Problem): boolean {
  const [first, ...others] = expected;
  if (first === undefined || message.toLowerCase().includes(first.toLowerCase())) return false;
  return others.length > 0 || !/^[^:]* [^:]*$/.test(first);
}
