import { type KeyboardEvent, type Ref, useState } from "react";
import { Button } from "../../components/Button";
import type { Name } from "../../core/labels";
import styles from "./LabelPanel.module.css";

interface ScoreProps {
  name: Name;
  value: number | null;
  put: (score: number) => void;
}

/** A number between the name's bounds; Enter keeps it. */
export function ScoreField({ name, value, put }: ScoreProps) {
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const save = () => {
    const score = Number(typed);
    if (typed.trim() !== "" && Number.isFinite(score) && score !== value) put(bounded(score, name));
  };
  return (
    <input
      className={`figure ${styles.field}`}
      type="number"
      step="any"
      aria-label={name.name}
      placeholder={range(name)}
      min={name.minimum ?? undefined}
      max={name.maximum ?? undefined}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => leave(event, save)}
    />
  );
}

function range({ minimum, maximum }: Name): string {
  if (minimum !== null && maximum !== null) return `${minimum} to ${maximum}`;
  return "A number";
}

function bounded(score: number, { minimum, maximum }: Name): number {
  return Math.min(maximum ?? Number.POSITIVE_INFINITY, Math.max(minimum ?? Number.NEGATIVE_INFINITY, score));
}

// Half-typed notes, by what they are about: nothing typed is lost by reading on.
const drafts = new Map<string, string>();

interface NoteProps {
  label: string;
  value: string;
  put: (text: string) => void;
  /** What it is about: a half-typed note comes back with it. */
  about: string;
  /** Told whether it is half typed. */
  half: (is: boolean) => void;
  ref?: Ref<HTMLTextAreaElement> | undefined;
}

/** Free text; Enter keeps it, Shift+Enter begins a line. */
export function NoteField({ label, value, put, about, half, ref }: NoteProps) {
  const [typed, setTyped] = useState(drafts.get(about) ?? value);
  const type = (text: string) => {
    setTyped(text);
    const open = text.trim() !== value.trim();
    if (open) drafts.set(about, text);
    else drafts.delete(about);
    half(open);
  };
  const save = () => {
    drafts.delete(about);
    if (typed.trim() !== value.trim()) put(typed.trim());
    half(false);
  };
  return (
    <div>
      <textarea
        ref={ref}
        className={styles.field}
        rows={2}
        dir="auto"
        aria-label={label}
        placeholder={`${label}…`}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => !event.shiftKey && leave(event, save)}
      />
      {typed.trim() !== value.trim() && (
        <Button inline onClick={save}>
          Save
        </Button>
      )}
    </div>
  );
}

/** Enter saves, Escape only leaves: the page's keys work again after both. */
function leave(event: KeyboardEvent<HTMLElement>, save: () => void): void {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  if (event.key === "Enter" && event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Enter") save();
  event.currentTarget.blur();
}
