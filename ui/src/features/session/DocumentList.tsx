import type { Document } from "../../api/types";
import { Folded } from "../../components/Folded";
import { JsonTree } from "../../components/JsonTree";
import { LongText } from "../../components/LongText";
import { Plate } from "../../components/Plate";
import { plural } from "../../core/format";
import { holds } from "../../core/holds";
import { structured } from "../../core/json";
import styles from "./DocumentList.module.css";

interface Props {
  documents: readonly Document[];
  query: string | null;
  find?: string | undefined;
}

/** What was retrieved: one folded line, then each document with its score. */
export function DocumentList({ documents, query, find }: Props) {
  const summary = (
    <span className={styles.summary}>
      <Plate kind="RETRIEVER" />
      <span>{plural(documents.length, "document")}</span>
      {query && <span className={styles.query}>for {query}</span>}
    </span>
  );
  return (
    <Folded summary={summary} hit={documents.some((each) => holds(each.content, find) || holds(each.metadata, find))}>
      {() => (
        <ol className={styles.list}>
          {documents.map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: documents keep their rank
            <li key={at} className={styles.document}>
              <div className={styles.head}>
                <span className="mono">{each.id || `document ${at + 1}`}</span>
                {each.score != null && <span className="figure muted">score {each.score.toFixed(3)}</span>}
              </div>
              <LongText text={each.content} find={find} />
              <Metadata text={each.metadata ?? null} find={find} />
            </li>
          ))}
        </ol>
      )}
    </Folded>
  );
}

function Metadata({ text, find }: { text: string | null; find: string | undefined }) {
  const value = text ? structured(text) : undefined;
  return value === undefined || Object.keys(value).length === 0 ? null : <JsonTree value={value} find={find} />;
}
