import { useState } from "react";
import type { Text } from "../../api/types";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { JsonTree } from "../../components/JsonTree";
import { LongText } from "../../components/LongText";
import { structured } from "../../core/json";
import styles from "./RawText.module.css";

/** A text as sent. JSON is a tree, with the sent form one click away. */
export function RawText({ title, text }: { title: string; text: Text }) {
  const [raw, setRaw] = useState(false);
  const value = structured(text.text);
  return (
    <section className={styles.block}>
      <div className={styles.top}>
        <h3>{title}</h3>
        <span className="muted">{text.mime_type}</span>
        <span className={styles.rest} />
        {value !== undefined && (
          <Button look="quiet" inline aria-pressed={raw} onClick={() => setRaw(!raw)}>
            As sent
          </Button>
        )}
        <CopyButton text={text.text} label={`Copy the ${title.toLowerCase()}`} />
      </div>
      <div className={styles.text}>
        {value !== undefined && !raw ? <JsonTree value={value} /> : <LongText text={text.text} />}
      </div>
    </section>
  );
}
