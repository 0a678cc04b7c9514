import type { Connection } from "../../api/live";
import { usePreference } from "../../core/preferences";
import styles from "./LiveSwitch.module.css";

const WORDS: Record<Connection, string> = { connecting: "Connecting", live: "Live", lost: "Reconnecting" };

/** Whether the list listens for what arrives, and whether it would hear it now. */
export function LiveSwitch({ state }: { state: Connection }) {
  const [live, setLive] = usePreference("live");
  const on = live === "on";
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={on ? `Live: ${WORDS[state]}` : "Live: off"}
      title={on ? "New sessions are counted as they arrive" : "New sessions are not looked for"}
      className={styles.live}
      onClick={() => setLive(on ? "off" : "on")}
    >
      <span className={styles.dot} data-state={on ? state : "off"} aria-hidden />
      {on ? WORDS[state] : "Not live"}
    </button>
  );
}
