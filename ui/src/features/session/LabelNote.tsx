import { type Ref, useState } from "react";
import { author } from "../../core/author";
import { own } from "../../core/labels";
import { NoteField } from "./LabelFields";
import { keyOf, type Labelled, type Labelling } from "./useLabels";

interface Props {
  labels: Labelling;
  name: string;
  label: (on: Labelled | undefined) => string;
  /** With no words left, what was said is taken back. */
  clears?: boolean;
  ref?: Ref<HTMLTextAreaElement> | undefined;
}

/** Words about what is labelled. Half typed, they stay with the turn they were begun on while one reads on. */
export function LabelNote({ labels, name, label, clears = false, ref }: Props) {
  const [begun, setBegun] = useState<Labelled | null>(null);
  const staying = begun && labels.on && sort(begun) === sort(labels.on) ? begun : null;
  const on = staying ?? labels.on;
  const before = on && own(on.annotations, name, author());
  const about = on ? keyOf(on) : "";
  const put = (explanation: string) => {
    if (!on) return;
    if (explanation || !clears) labels.putOn(on, name, { explanation });
    else if (before) labels.remove(before);
  };
  return (
    <NoteField
      key={`${about} ${before?.id ?? ""} ${before?.explanation ?? ""}`}
      ref={ref}
      label={label(on)}
      value={before?.explanation ?? ""}
      about={`${name} ${about}`}
      half={(is) => setBegun(is && on ? on : null)}
      put={put}
    />
  );
}

/** Whoever chooses to label the session leaves the turn. */
function sort(on: Labelled): boolean {
  return "turn_count" in on;
}
