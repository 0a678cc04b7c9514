import { type FormEvent, useState } from "react";
import { ofProject, send } from "../../api/client";
import type { AnnotationName, AnnotationSetting } from "../../api/types";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { say } from "../../components/Notice";
import styles from "./settings.module.css";

interface Props {
  project: string;
  /** Null: a new name. */
  before: AnnotationName | null;
  close: () => void;
  done: () => void;
}

type Kind = AnnotationSetting["kind"];

const number = (text: string) => (text.trim() === "" ? null : Number(text));

/** What may be said under one name. */
export function LabelForm({ project, before, close, done }: Props) {
  const set = before?.setting;
  const [name, setName] = useState(before?.name ?? "");
  const [kind, setKind] = useState<Kind>(set?.kind ?? (before?.has_score ? "numeric" : "categorical"));
  const [labels, setLabels] = useState((set?.labels ?? before?.labels ?? []).join("\n"));
  const [minimum, setMinimum] = useState(String(set?.minimum ?? ""));
  const [maximum, setMaximum] = useState(String(set?.maximum ?? ""));
  const [description, setDescription] = useState(set?.description ?? "");
  const [failure, setFailure] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = [...new Set(labels.split("\n").flatMap((each) => each.trim() || []))];
    const [low, high] = [number(minimum), number(maximum)];
    if (!name.trim()) return setFailure("Give it a name.");
    if (kind === "categorical" && given.length === 0) return setFailure("Give at least one label.");
    if ([low, high].some((each) => each !== null && !Number.isFinite(each))) return setFailure("A bound is a number.");
    const numeric = kind === "numeric";
    const setting: AnnotationSetting = {
      kind,
      labels: kind === "categorical" ? given : [],
      minimum: numeric ? low : null,
      maximum: numeric ? high : null,
      description,
    };
    try {
      await send("PUT", ofProject(project, "annotation-names", encodeURIComponent(name.trim())), setting);
    } catch (error) {
      return setFailure(error instanceof Error ? error.message : String(error));
    }
    say(`${name.trim()} is set up.`);
    done();
    close();
  };
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      aria-label={before ? `Set up ${before.name}` : "Add a name"}
      noValidate
    >
      {before ? (
        <h2 className={styles.wide}>{before.name}</h2>
      ) : (
        <Field label="Name" value={name} change={setName} maxLength={256} wide />
      )}
      <div className={styles.wide}>
        <Choice
          label="Kind"
          options={[
            ["categorical", "Labels"],
            ["numeric", "Number"],
            ["text", "Text"],
          ]}
          chosen={kind}
          choose={setKind}
        />
      </div>
      {kind === "categorical" && <Field label="Labels, one a line" value={labels} change={setLabels} lines={4} wide />}
      {kind === "numeric" && (
        <>
          <Field label="Least" value={minimum} change={setMinimum} inputMode="decimal" />
          <Field label="Most" value={maximum} change={setMaximum} inputMode="decimal" />
        </>
      )}
      <Field label="What it means" value={description} change={setDescription} maxLength={4096} lines={2} wide />
      <p role="alert" className={`error ${styles.wide} ${styles.failure}`}>
        {failure && `✕ ${failure}`}
      </p>
      <div className={styles.buttons}>
        <Button type="submit">Save</Button>
        <Button look="quiet" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
