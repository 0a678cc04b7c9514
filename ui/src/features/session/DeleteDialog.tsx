import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ofSession, send } from "../../api/client";
import type { Session } from "../../api/types";
import { Button } from "../../components/Button";
import { plural } from "../../core/format";
import styles from "./AuthorDialog.module.css";
import { useModal } from "./useModal";

interface Props {
  session: Session;
  /** Where to go once it is gone. */
  done: () => void;
  cancel: () => void;
}

/** Says what goes, and asks once. */
export function DeleteDialog({ session, done, cancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  useModal(dialog);
  const remove = async () => {
    try {
      await send("DELETE", ofSession(session.project, session.id));
      await client.invalidateQueries({ queryKey: ["sessions", session.project] });
      done();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="delete-title" onClose={cancel}>
      <div className={styles.form}>
        <h2 id="delete-title">Delete this session?</h2>
        <p>
          {plural(session.turn_count, "turn")} and {plural(session.span_count, "span")} go, and cannot be brought back.
        </p>
        {problem && <p className="error">✕ {problem}</p>}
        <div className={styles.actions}>
          <Button onClick={cancel}>Keep it</Button>
          <Button look="primary" onClick={() => void remove()}>
            Delete
          </Button>
        </div>
      </div>
    </dialog>
  );
}
