import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { get } from "../../api/client";
import { similarQuery } from "../../api/sessionQueries";
import type { ResolvedSession, Session } from "../../api/types";
import { Button } from "../../components/Button";
import { Skeleton } from "../../components/Skeleton";
import { pageName } from "../../core/address";
import { duration, plural } from "../../core/format";
import styles from "./CompareDialog.module.css";
import { useModal } from "./useModal";

interface Props {
  project: string;
  id: string;
  close: () => void;
}

/** Offers sessions like this one, and takes any other by its id. */
export function CompareDialog({ project, id, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const similar = useQuery(similarQuery(project, id));
  const [problem, setProblem] = useState("");
  useModal(dialog);
  const choose = (other: string) =>
    void navigate({ to: "/p/$project/compare", params: { project: pageName(project) }, search: { a: id, b: other } });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const own = String(new FormData(event.currentTarget).get("id") ?? "").trim();
    if (!own) return;
    try {
      choose((await get<ResolvedSession>("/v1/resolve/session", { project, session_id: own })).id);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const offered = similar.data?.filter((each) => each.id !== id) ?? [];
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="compare-title" onClose={close}>
      <div className={styles.top}>
        <h2 id="compare-title">Compare with</h2>
        <Button look="quiet" onClick={close} aria-label="Close">
          <X size={16} aria-hidden />
        </Button>
      </div>
      <form className={styles.form} onSubmit={submit}>
        <input
          className={styles.input}
          name="id"
          aria-label="Session id"
          placeholder="A session id"
          spellCheck={false}
        />
        <Button type="submit">Compare</Button>
      </form>
      {problem && <p className={`error ${styles.none}`}>✕ {problem}</p>}
      {similar.isPending ? (
        <p className={styles.none}>
          <Skeleton />
        </p>
      ) : offered.length === 0 ? (
        <p className={styles.none}>No session with the same opening or tools and no error.</p>
      ) : (
        <ul className={styles.list} aria-label="Similar sessions">
          {offered.map((each) => (
            <li key={each.id}>
              <Offer session={each} choose={() => choose(each.id)} />
            </li>
          ))}
        </ul>
      )}
    </dialog>
  );
}

function Offer({ session, choose }: { session: Session; choose: () => void }) {
  return (
    <button type="button" className={styles.choice} onClick={choose}>
      <span className={styles.words} dir="auto">
        {session.first_input || session.session_id}
      </span>
      <span className={`figure muted ${styles.words}`}>
        {plural(session.turn_count, "turn")} · {duration(session.duration_ms)} · {session.session_id}
      </span>
    </button>
  );
}
