import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import styles from "./AuthorDialog.module.css";
import { useModal } from "./useModal";

interface Props {
  /** The name as it is, to be changed. */
  now?: string;
  answer: (name: string) => void;
  cancel: () => void;
}

/** Asks once who labels. The browser keeps the answer. */
export function AuthorDialog({ now = "", answer, cancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState(now);
  useModal(dialog);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) answer(name);
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="author-title" onClose={cancel}>
      <form className={styles.form} onSubmit={submit}>
        <h2 id="author-title">Who labels?</h2>
        <label>
          Your name, shown beside your labels and kept by this browser
          <input
            className={styles.input}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={256}
            autoComplete="name"
          />
        </label>
        <div className={styles.actions}>
          <Button onClick={cancel}>Cancel</Button>
          <Button look="primary" type="submit">
            Go on
          </Button>
        </div>
      </form>
    </dialog>
  );
}
