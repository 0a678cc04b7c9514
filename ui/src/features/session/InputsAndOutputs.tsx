import type { ReactNode } from "react";
import type { Text, Turn } from "../../api/types";
import { JsonTree } from "../../components/JsonTree";
import { LongText } from "../../components/LongText";
import { structured } from "../../core/json";
import styles from "./Message.module.css";

interface Props {
  turn: Turn;
  find: string | undefined;
  /** Stands between the two: it happened there. */
  failure?: ReactNode;
}

/** A turn as what went in and what came out. */
export function InputsAndOutputs({ turn, find, failure }: Props) {
  return (
    <>
      {turn.input && (
        <div className={`${styles.message} ${styles.user}`}>
          <Shown text={turn.input} find={find} />
        </div>
      )}
      {failure}
      {turn.output && (
        <div className={`${styles.message} ${styles.assistant}`}>
          <Shown text={turn.output} find={find} markdown />
        </div>
      )}
      {!turn.input && !turn.output && (
        <p className={styles.nothing}>
          No text was found in this turn. Its trace holds all that was sent, also what follows a convention not read
          yet.
        </p>
      )}
    </>
  );
}

function Shown({ text, find, markdown = false }: { text: Text; find: string | undefined; markdown?: boolean }) {
  const value = structured(text.text);
  if (value !== undefined) return <JsonTree value={value} find={find} />;
  return <LongText text={text.text} find={find} markdown={markdown} typed={!markdown} />;
}
