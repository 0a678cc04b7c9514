import { useState } from "react";
import type { Attribute, Span } from "../../api/types";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { JsonTree } from "../../components/JsonTree";
import { integer, plural } from "../../core/format";
import { type Json, structured } from "../../core/json";
import styles from "./Attributes.module.css";

const SHOWN_AT_ONCE = 200;

/** Every attribute as sent, in the order sent; searchable by key and value. */
export function Attributes({ span }: { span: Span }) {
  const [needle, setNeedle] = useState("");
  const groups: [string, Attribute[]][] = [
    ["", span.attributes],
    ["Resource", span.resource],
    ["Scope", span.scope],
  ];
  return (
    <div className={styles.attributes}>
      <input
        type="search"
        className={styles.search}
        placeholder="Search keys and values"
        aria-label="Search attributes"
        value={needle}
        onChange={(event) => setNeedle(event.target.value)}
      />
      {groups.map(([title, attributes]) => (
        <AttributeList key={title} title={title} attributes={attributes} needle={needle.toLowerCase()} />
      ))}
      {span.dropped_attributes_count > 0 && (
        <p className="muted">{plural(span.dropped_attributes_count, "more attribute")} dropped by the sender.</p>
      )}
    </div>
  );
}

export function AttributeList({
  title,
  attributes,
  needle,
}: {
  title: string;
  attributes: Attribute[];
  needle: string;
}) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const found = needle
    ? attributes.filter((each) => `${each.key} ${words(each.value)}`.toLowerCase().includes(needle))
    : attributes;
  if (attributes.length === 0) return null;
  return (
    <section className={styles.group}>
      {title && <h3>{title}</h3>}
      {found.length === 0 && <p className="muted">No match among {integer(attributes.length)}.</p>}
      <dl className={styles.list}>
        {found.slice(0, shown).map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sender may repeat a key
          <div key={at} className={styles.row}>
            <dt className={`mono ${styles.key}`}>{each.key}</dt>
            <dd className={styles.value}>
              <Value value={each.value} />
              <span className={styles.copy}>
                <CopyButton text={words(each.value)} label={`Copy ${each.key}`} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {found.length > shown && (
        <Button onClick={() => setShown(shown + 1000)}>{integer(found.length - shown)} more</Button>
      )}
    </section>
  );
}

function Value({ value }: { value: unknown }) {
  const read = typeof value === "string" ? structured(value) : undefined;
  return <JsonTree value={read ?? (value as Json)} />;
}

function words(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
