import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { usePreference } from "../../core/preferences";
import styles from "./Keys.module.css";
import { KEY_LISTS } from "./keyLists";

/** What the keys do, behind `?`. */
export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = usePreference("singleKeys");
  useEffect(() => {
    const open = () => {
      if (!document.querySelector("dialog[open]")) dialog.current?.showModal();
    };
    document.addEventListener("threadline:keys", open);
    return () => document.removeEventListener("threadline:keys", open);
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Escape itself; the click is on its backdrop
    <dialog
      ref={dialog}
      className={styles.keys}
      aria-labelledby="keys-title"
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div className={styles.inner}>
        <div className={styles.top}>
          <h2 id="keys-title">Keys</h2>
          <Button look="quiet" onClick={() => dialog.current?.close()} aria-label="Close">
            <X size={16} aria-hidden />
          </Button>
        </div>
        <div className={styles.lists}>
          {KEY_LISTS.map(([name, keys]) => (
            <section key={name} className={styles.list}>
              <h3>{name}</h3>
              <dl>
                {keys.map(([key, words]) => (
                  <div key={key} className={styles.row}>
                    <dt className="mono">{key}</dt>
                    <dd>{words}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={on === "on"}
            onChange={(event) => setOn(event.target.checked ? "on" : "off")}
          />
          Single keys
        </label>
        <p className="muted">Off, only Esc, ⌘K and the arrows inside lists are keys.</p>
      </div>
    </dialog>
  );
}
