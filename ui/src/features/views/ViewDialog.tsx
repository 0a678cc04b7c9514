import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import styles from "../sessions/BulkBar.module.css";

interface Props {
  title: string;
  name: string;
  answer: (name: string) => void;
  close: () => void;
}

/** Asks for a view's name. */
export function ViewDialog({ title, name, answer, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState(name);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) answer(typed.trim());
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={title} onClose={close}>
      <form className={styles.form} onSubmit={submit}>
        <h2 className={styles.title}>{title}</h2>
        <label>
          Name
          <input value={typed} maxLength={256} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <p className="muted">Query, time, order and columns, for everyone who opens this project.</p>
        <div className={styles.end}>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!typed.trim()}>
            Save
          </Button>
        </div>
      </form>
    </dialog>
  );
}
