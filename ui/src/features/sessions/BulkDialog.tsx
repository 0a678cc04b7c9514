import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { annotationNamesQuery } from "../../api/annotations";
import { Button } from "../../components/Button";
import { plural } from "../../core/format";
import { choicesOf } from "../../core/labels";
import styles from "./BulkBar.module.css";
import type { BulkAction } from "./bulk";
import { useModal } from "./useModal";

export type BulkKind = "annotate" | "tag" | "delete";

interface Props {
  kind: BulkKind;
  project: string;
  count: number;
  run: (action: BulkAction, words: (done: number) => string) => void;
  close: () => void;
}

const TITLES = { annotate: "Label", tag: "Tag", delete: "Delete" };

/** Asks what is to be done to how many; deletion wants the count typed. */
export function BulkDialog({ kind, project, count, run, close }: Props) {
  // After a deletion the bar itself is gone.
  const dialog = useModal(() => document.querySelector<HTMLElement>("#content [data-row] a"));
  const title = `${TITLES[kind]} ${plural(count, "session")}`;
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={title} onClose={close}>
      <h2 className={styles.title}>{title}</h2>
      {kind === "annotate" && <Annotate project={project} run={run} close={close} />}
      {kind === "tag" && <Tag run={run} close={close} />}
      {kind === "delete" && <Delete count={count} run={run} close={close} />}
    </dialog>
  );
}

type Form = Pick<Props, "run" | "close">;

function Annotate({ project, run, close }: Form & { project: string }) {
  const choices = choicesOf(useQuery(annotationNamesQuery(project)).data ?? []);
  const [name, setName] = useState("");
  const [label, setLabel] = useState("");
  const put = (on: string, said: string) =>
    run(
      { action: "annotate", annotation: { name: on, label: said, annotator_kind: "human" } as never },
      (done) => `${plural(done, "session")} labelled ${said}.`,
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && label.trim()) put(name.trim(), label.trim());
      }}
    >
      {choices.length > 0 && (
        <div className={styles.labels}>
          {choices.map((each) => (
            <Button key={`${each.name} ${each.label}`} title={each.name} onClick={() => put(each.name, each.label)}>
              {each.label}
            </Button>
          ))}
        </div>
      )}
      <label>
        Name
        <input value={name} maxLength={256} onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        Label
        <input value={label} maxLength={1024} onChange={(event) => setLabel(event.target.value)} />
      </label>
      <End word="Label them" off={!name.trim() || !label.trim()} close={close} />
    </form>
  );
}

function Tag({ run, close }: Form) {
  const [tag, setTag] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = tag.trim();
    if (words) run({ action: "tag", tag: words }, (done) => `${plural(done, "session")} tagged ${words}.`);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label>
        Tag
        <input value={tag} maxLength={256} onChange={(event) => setTag(event.target.value)} />
      </label>
      <End word="Tag them" off={!tag.trim()} close={close} />
    </form>
  );
}

function Delete({ count, run, close }: Form & { count: number }) {
  const [typed, setTyped] = useState("");
  const sure = typed.replace(/[\s,.]/g, "") === String(count);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure) run({ action: "delete" }, (done) => `${plural(done, "session")} deleted.`);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        They are hidden at once and erased soon after, with their traces and spans. This cannot be undone. What arrives
        for these traces later is refused.
      </p>
      <label>
        Type {count} to delete {plural(count, "session")}
        <input
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <End word={`Delete ${plural(count, "session")}`} off={!sure} close={close} />
    </form>
  );
}

function End({ word, off, close }: { word: string; off: boolean; close: () => void }) {
  return (
    <div className={styles.end}>
      <Button onClick={close}>Cancel</Button>
      <Button look="primary" type="submit" disabled={off}>
        {word}
      </Button>
    </div>
  );
}
