import type { Arrival } from "../../api/types";
import { Chip } from "../../components/Chip";
import { bytes, plural } from "../../core/format";
import { clock, exact } from "../../core/time";
import styles from "./ArrivalRow.module.css";

/** One request: what came, what was answered, and the cure where something is wrong. */
export function ArrivalRow({ arrival }: { arrival: Arrival }) {
  const failed = arrival.status >= 400 || arrival.rejected > 0;
  return (
    <li className={`${styles.row} ${failed ? styles.failed : ""}`}>
      <time className={`figure ${styles.time}`} dateTime={arrival.time} title={exact(arrival.time)}>
        {clock(arrival.time)}
      </time>
      <div className={styles.words}>
        <div className={styles.line}>
          <code className={`mono ${styles.path}`}>{arrival.path || arrival.transport}</code>
          <span className="muted">{arrival.encoding}</span>
          <span className="figure">{plural(arrival.spans, "span")}</span>
          <span className="figure muted">{bytes(arrival.bytes)}</span>
          {arrival.projects.slice(0, 4).map((project) => (
            <Chip key={project} title={project}>
              {project}
            </Chip>
          ))}
        </div>
        <div className={styles.line}>
          {failed ? (
            <span className="error">
              ✕ {arrival.status} {arrival.answer}
            </span>
          ) : (
            <span>{arrival.answer}</span>
          )}
          {arrival.session_id_key ? (
            <span className="muted">
              session id from <code className="mono">{arrival.session_id_key}</code>
            </span>
          ) : (
            arrival.spans > 0 && <span className={styles.none}>no session id</span>
          )}
        </div>
        {arrival.cure && <p className={styles.cure}>{arrival.cure}</p>}
      </div>
    </li>
  );
}
