import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { annotationNamesQuery } from "../../api/annotations";
import { send } from "../../api/client";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { say } from "../../components/Notice";
import { AUTHOR_LENGTH_MAX, usePreference } from "../../core/preferences";
import styles from "./SpanAnnotations.module.css";

interface Props {
  project: string;
  target: { kind: "span"; project: string; trace_id: string; span_id: string };
  done: () => void;
}

/** Says something under a name: a label, a score, a note, or several of them. */
export function AnnotationForm({ project, target, done }: Props) {
  const names = useQuery(annotationNamesQuery(project)).data ?? [];
  const [author, setAuthor] = usePreference("author");
  const [name, setName] = useState("");
  const [label, setLabel] = useState("");
  const [score, setScore] = useState("");
  const [explanation, setExplanation] = useState("");
  const [failure, setFailure] = useState("");
  const known = names.find((each) => each.name === name);
  const ids = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const value = score.trim() === "" ? null : Number(score);
    if (!name.trim()) return setFailure("Give it a name.");
    if (value !== null && !Number.isFinite(value)) return setFailure("A score is a number.");
    if (!label && value === null && !explanation) return setFailure("Give a label, a score or a note.");
    try {
      await send("POST", "/v1/annotations", {
        ...{ target, name: name.trim(), label: label || null, score: value, explanation: explanation || null },
        ...{ author, annotator_kind: "human" },
      });
    } catch (error) {
      return setFailure(error instanceof Error ? error.message : String(error));
    }
    say(`${name.trim()} added.`);
    for (const clear of [setName, setLabel, setScore, setExplanation, setFailure]) clear("");
    done();
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Add an annotation" noValidate>
      <Field label="Name" value={name} change={setName} list={`${ids}-names`} maxLength={256} />
      {known?.kind !== "numeric" && (
        <Field label="Label" value={label} change={setLabel} list={`${ids}-labels`} maxLength={1024} />
      )}
      {known?.kind !== "categorical" && <Field label="Score" value={score} change={setScore} inputMode="decimal" />}
      <Field label="Note" value={explanation} change={setExplanation} lines={2} maxLength={65_536} wide />
      <Field label="Your name" value={author} change={setAuthor} maxLength={AUTHOR_LENGTH_MAX} autoComplete="name" />
      <datalist id={`${ids}-names`}>
        {names.map((each) => (
          <option key={each.name} value={each.name} />
        ))}
      </datalist>
      <datalist id={`${ids}-labels`}>
        {known?.labels.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button type="submit" className={styles.add}>
        Add
      </Button>
      <p role="alert" className={`error ${styles.failure}`}>
        {failure && `✕ ${failure}`}
      </p>
    </form>
  );
}
