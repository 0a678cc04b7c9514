import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import styles from "../sessions/BulkBar.module.css";
import { useModal } from "../sessions/useModal";

interface Props {
  title: string;
  name: string;
  answer: (name: string) => void;
  close: () => void;
  /** Has the focus afterwards. */
  opener: () => HTMLElement | null | undefined;
}

/** Asks for a view's name. */
export function ViewDialog({ title, name, answer, close, opener }: Props) {
  const dialog = useModal(opener);
  const [typed, setTyped] = useState(name);
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
