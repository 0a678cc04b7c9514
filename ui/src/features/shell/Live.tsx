import type { Connection } from "../../api/live";
import styles from "./Live.module.css";

const WORDS: Record<Connection, string> = { connecting: "Connecting", live: "Live", lost: "Reconnecting" };

/** Whether news would be seen. */
export function Live({ state }: { state: Connection }) {
  return (
    <span className={`${styles.mark} ${styles[state]}`} role="status">
      <span className={styles.dot} aria-hidden />
      {WORDS[state]}
    </span>
  );
}
