import { ThumbsDown, ThumbsUp, X } from "lucide-react";
import type { Ref } from "react";
import type { Annotation } from "../../api/types";
import { Button } from "../../components/Button";
import { Ago } from "../../components/Time";
import { author } from "../../core/author";
import { annotationWords, NOTE, THUMBS } from "../../core/labels";
import { ScoreField } from "./LabelFields";
import { LabelNote } from "./LabelNote";
import styles from "./LabelPanel.module.css";
import { LabelSetup } from "./LabelSetup";
import { keyOf, type Labelled, type Labelling, placeOf } from "./useLabels";

interface Props {
  project: string;
  labels: Labelling;
  /** Whether `1` to `9` and `n` do here what they say. */
  keys?: boolean;
  note?: Ref<HTMLTextAreaElement>;
}

/** Everything that can be said of one thing: thumbs, the project's names, a note; and what was said. */
export function LabelWidget({ project, labels, keys = false, note }: Props) {
  const { given, mine, put, names } = labels;
  const shown = mineAndOthers(given);
  const noteOn = (on: Labelled | undefined) => `Note${on ? ` on ${words(on)}` : ""}${keys ? " (n)" : ""}`;
  return (
    <>
      <Thumbs labels={labels} />
      {names.map((each) => (
        <div key={each.name} title={each.description || undefined}>
          <h3 className={styles.name}>{each.name}</h3>
          {each.kind === "categorical" ? (
            <Buttons labels={labels} name={each.name} keys={keys} />
          ) : each.kind === "numeric" ? (
            <ScoreField
              key={labels.on && keyOf(labels.on)}
              name={each}
              value={mine(each.name)?.score ?? null}
              put={(score) => put(each.name, { score })}
            />
          ) : (
            <LabelNote labels={labels} name={each.name} label={() => each.name} />
          )}
        </div>
      ))}
      <LabelNote clears labels={labels} name={NOTE} ref={note} label={noteOn} />
      {shown.length > 0 && (
        <ul className={styles.given} aria-label="Given">
          {shown.map((each) => (
            <Given key={each.id} annotation={each} remove={() => labels.remove(each)} />
          ))}
        </ul>
      )}
      <LabelSetup project={project} none={names.length === 0} keys={keys} />
    </>
  );
}

function words(on: Labelled): string {
  if ("turn_count" in on) return "the session";
  return "span_id" in on ? "the span" : placeOf(on).toLowerCase();
}

function mineAndOthers(given: readonly Annotation[]): readonly Annotation[] {
  return given.filter((each) => each.name !== THUMBS || each.author !== author());
}

function Thumbs({ labels }: { labels: Labelling }) {
  const said = labels.mine(THUMBS)?.label;
  return (
    <div className={styles.choices} role="group" aria-label="Thumbs">
      <button
        type="button"
        className={styles.choice}
        aria-pressed={said === "up"}
        aria-label="Thumbs up"
        onClick={() => labels.put(THUMBS, { label: "up", score: 1 })}
      >
        <ThumbsUp size={14} aria-hidden /> up{said === "up" && " ✓"}
      </button>
      <button
        type="button"
        className={styles.choice}
        aria-pressed={said === "down"}
        aria-label="Thumbs down"
        onClick={() => labels.put(THUMBS, { label: "down", score: 0 })}
      >
        <ThumbsDown size={14} aria-hidden /> down{said === "down" && " ✓"}
      </button>
    </div>
  );
}

function Buttons({ labels, name, keys }: { labels: Labelling; name: string; keys: boolean }) {
  const said = labels.mine(name)?.label;
  return (
    <div className={styles.choices} role="group" aria-label={name}>
      {labels.choices
        .filter((each) => each.name === name)
        .map((each) => (
          <button
            key={each.label}
            type="button"
            className={styles.choice}
            aria-pressed={said === each.label}
            onClick={() => labels.put(name, { label: each.label })}
          >
            {keys && each.key && <kbd>{each.key}</kbd>} {each.label}
            {said === each.label && <span aria-hidden>✓</span>}
          </button>
        ))}
    </div>
  );
}

/** Anyone's annotation: what, by whom, and the way to take it back. */
function Given({ annotation, remove }: { annotation: Annotation; remove: () => void }) {
  const words = annotation.name === NOTE ? "" : annotationWords(annotation);
  return (
    <li>
      <span className={styles.said}>
        {words}
        <span className="muted">
          {" "}
          {annotation.author || annotation.annotator_kind} · <Ago time={annotation.updated_at} />
        </span>
        {annotation.explanation && <p dir="auto">{annotation.explanation}</p>}
      </span>
      <Button inline look="quiet" onClick={remove} aria-label={`Take back ${words || "the note"}`}>
        <X size={14} aria-hidden />
      </Button>
    </li>
  );
}
