import { useSyncExternalStore } from "react";
import { Button } from "./Button";
import styles from "./Notice.module.css";

interface Said {
  words: string;
  failed?: boolean;
  /** One thing to do about it. */
  action?: { word: string; run: () => void } | undefined;
}

const SHOWN_MS = 6000;
let current: Said | null = null;
let timer = 0;
const listeners = new Set<() => void>();

/** Says what was done, at the bottom of the page, until something else is said or six seconds have passed. */
export function say(words: string, rest: Omit<Said, "words"> = {}): void {
  set({ words, ...rest });
  timer = window.setTimeout(() => set(null), SHOWN_MS);
}

function set(next: Said | null): void {
  clearTimeout(timer);
  current = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands once on a page that says things. */
export function Notice() {
  const said = useSyncExternalStore(subscribe, () => current);
  return (
    <div className={styles.notice} role="status">
      {said && (
        <div className={styles.words}>
          <span className={said.failed ? "error" : ""}>
            {said.failed && "✕ "}
            {said.words}
          </span>
          {said.action && (
            <Button inline look="quiet" onClick={said.action.run}>
              {said.action.word}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
