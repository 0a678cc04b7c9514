import type { Ref } from "react";
import { Choice } from "../../components/Choice";
import styles from "./LabelPanel.module.css";
import { LabelWidget } from "./LabelWidget";
import type { Labels } from "./useLabels";

interface Props {
  project: string;
  labels: Labels;
  turn: number;
  note: Ref<HTMLTextAreaElement>;
}

/** What one says of the session, or of the turn being read. */
export function LabelPanel({ project, labels, turn, note }: Props) {
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
          chosen={labels.scope}
          choose={labels.setScope}
        />
      </div>
      <LabelWidget keys project={project} labels={labels} note={note} />
    </section>
  );
}
