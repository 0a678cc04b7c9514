import { ticks, tickWords } from "../../core/axis";
import styles from "./TimeAxis.module.css";

const at = (ms: number, lengthMs: number) => (lengthMs > 0 ? `${(ms / lengthMs) * 100}%` : "0");

/** The axis above the bars. */
export function TimeMarks({ lengthMs }: { lengthMs: number }) {
  return (
    <span className={styles.axis} aria-hidden>
      {ticks(lengthMs).map((ms) => (
        <span key={ms} className={`figure ${styles.mark}`} style={{ left: at(ms, lengthMs) }}>
          {tickWords(ms, lengthMs)}
        </span>
      ))}
    </span>
  );
}

/** The same times as lines behind the bars. */
export function TimeLines({ lengthMs }: { lengthMs: number }) {
  return (
    <span className={styles.lines} aria-hidden>
      <span className={styles.lane}>
        {ticks(lengthMs).map((ms) => (
          <span key={ms} className={styles.line} style={{ left: at(ms, lengthMs) }} />
        ))}
      </span>
    </span>
  );
}
