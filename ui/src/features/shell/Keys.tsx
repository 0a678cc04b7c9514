import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { usePreference } from "../../core/preferences";
import styles from "./Keys.module.css";
import { showKeys, useKeys } from "./keys";

const LISTS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "List",
    [
      ["j k", "Next, previous"],
      ["Enter", "Open"],
      ["/", "Search"],
    ],
  ],
  [
    "Session",
    [
      ["j k", "Next, previous turn"],
      ["[ ]", "Previous, next error"],
      ["m", "Messages or inputs and outputs"],
      ["o", "Open the trace"],
      ["c", "Copy a link to the turn"],
      ["Esc", "Back to the list"],
    ],
  ],
  [
    "Trace",
    [
      ["j k", "Next, previous span"],
      ["← →", "Fold, unfold"],
      ["Esc", "Back"],
    ],
  ],
  [
    "Everywhere",
    [
      ["g s", "Sessions"],
      ["g t", "Traces"],
      ["?", "This list"],
    ],
  ],
];

/** What the keys do, behind `?`; and the ways to other pages by key. */
export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = usePreference("singleKeys");
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const go = (to: "/p/$project/sessions" | "/p/$project/traces") => () => {
    if (params.project) void navigate({ to, params: { project: params.project }, search: {} });
  };
  useKeys({ "Shift+?": showKeys, "g s": go("/p/$project/sessions"), "g t": go("/p/$project/traces") });
  useEffect(() => {
    const open = () => dialog.current?.showModal();
    document.addEventListener("threadline:keys", open);
    return () => document.removeEventListener("threadline:keys", open);
  }, []);
  return (
    <dialog ref={dialog} className={styles.keys} aria-labelledby="keys-title">
      <div className={styles.top}>
        <h2 id="keys-title">Keys</h2>
        <Button look="quiet" onClick={() => dialog.current?.close()} aria-label="Close">
          ✕
        </Button>
      </div>
      <div className={styles.lists}>
        {LISTS.map(([name, keys]) => (
          <section key={name}>
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
        <input type="checkbox" checked={on === "on"} onChange={(event) => setOn(event.target.checked ? "on" : "off")} />
        Single keys
      </label>
    </dialog>
  );
}
