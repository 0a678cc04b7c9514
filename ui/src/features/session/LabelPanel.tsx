import { ThumbsDown, ThumbsUp, X } from "lucide-react";
import type { Ref } from "react";
import type { Annotation } from "../../api/types";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { author } from "../../core/author";
import { annotationWords, NOTE, THUMBS } from "../../core/labels";
import { NoteField, ScoreField } from "./LabelFields";
import styles from "./LabelPanel.module.css";
import { LabelSetup } from "./LabelSetup";
import type { Labels } from "./useLabels";

interface Props {
  project: string;
  labels: Labels;
  turn: number;
  note: Ref<HTMLTextAreaElement>;
}

/** What one says of the session, or of the turn being read. */
export function LabelPanel({ project, labels, turn, note }: Props) {
  const { scope, given, mine, put, names } = labels;
  const shown = [...mineAndOthers(given)];
  return (
    <section className={styles.panel} aria-label="Labels">
      <div className={styles.top}>
        <h2>Labels</h2>
        <Choice
          label="What is labelled"
          options={[
            ["session", "Session"],
            ["turn", `Turn ${turn}`],
          ]}
          chosen={scope}
          choose={labels.setScope}
        />
      </div>
      <Thumbs labels={labels} />
      {names.map((each) => (
        <div key={each.name} title={each.description || undefined}>
          <h3 className={styles.name}>{each.name}</h3>
          {each.kind === "categorical" ? (
            <Buttons labels={labels} name={each.name} />
          ) : each.kind === "numeric" ? (
            <ScoreField
              key={`${scope} ${turn}`}
              name={each}
              value={mine(each.name)?.score ?? null}
              put={(score) => put(each.name, { score })}
            />
          ) : (
            <NoteField
              key={`${scope} ${turn}`}
              label={each.name}
              value={mine(each.name)?.explanation ?? ""}
              put={(explanation) => put(each.name, { explanation })}
            />
          )}
        </div>
      ))}
      <NoteField
        key={`${scope} ${scope === "turn" ? turn : ""} ${mine(NOTE)?.id ?? ""}`}
        ref={note}
        label={scope === "turn" ? `Note on turn ${turn} (n)` : "Note on the session (n)"}
        value={mine(NOTE)?.explanation ?? ""}
        put={(explanation) => {
          const before = mine(NOTE);
          if (explanation) put(NOTE, { explanation });
          else if (before) labels.remove(before);
        }}
      />
      {shown.length > 0 && (
        <ul className={styles.given} aria-label="Given">
          {shown.map((each) => (
            <Given key={each.id} annotation={each} remove={() => labels.remove(each)} />
          ))}
        </ul>
      )}
      <LabelSetup project={project} none={names.length === 0} />
    </section>
  );
}

function mineAndOthers(given: readonly Annotation[]): readonly Annotation[] {
  return given.filter((each) => each.name !== THUMBS || each.author !== author());
}

function Thumbs({ labels }: { labels: Labels }) {
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

function Buttons({ labels, name }: { labels: Labels; name: string }) {
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
            {each.key && <kbd>{each.key}</kbd>} {each.label}
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
        <span className="muted"> {annotation.author || annotation.annotator_kind}</span>
        {annotation.explanation && <p dir="auto">{annotation.explanation}</p>}
      </span>
      <Button inline look="quiet" onClick={remove} aria-label={`Take back ${words || "the note"}`}>
        <X size={14} aria-hidden />
      </Button>
    </li>
  );
}
