import { useState } from "react";
import type { Json } from "../core/json";
import { Button } from "./Button";
import { Folded } from "./Folded";
import styles from "./JsonTree.module.css";

const CHILDREN_AT_ONCE = 100;
const STRING_AT_ONCE = 2000;

/** JSON as people read it: `key: value`, nested by indentation, folded where deep. */
export function JsonTree({ value, depth = 0 }: { value: Json; depth?: number }) {
  const [shown, setShown] = useState(CHILDREN_AT_ONCE);
  if (typeof value !== "object" || value === null) return <Scalar value={value} />;
  const entries: [string, Json][] = Array.isArray(value)
    ? value.map((each, at) => [String(at), each])
    : Object.entries(value);
  if (entries.length === 0) return <span className={styles.dim}>{Array.isArray(value) ? "empty list" : "empty"}</span>;
  return (
    <div className={styles.tree} dir="ltr">
      {entries.slice(0, shown).map(([key, each]) => (
        <Entry key={key} name={key} value={each} depth={depth} listed={Array.isArray(value)} />
      ))}
      {entries.length > shown && (
        <Button look="quiet" inline onClick={() => setShown(shown + 500)}>
          {entries.length - shown} more
        </Button>
      )}
    </div>
  );
}

function Entry({ name, value, depth, listed }: { name: string; value: Json; depth: number; listed: boolean }) {
  const label = <span className={listed ? styles.dim : styles.key}>{name}:</span>;
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const size = Object.keys(value).length;
    const words = Array.isArray(value) ? `${size} in a list` : `${size} ${size === 1 ? "field" : "fields"}`;
    const summary = (
      <span className={styles.summary}>
        {label} <span className={styles.dim}>{words}</span>
      </span>
    );
    return (
      <Folded open={depth < 2 && size <= 20} summary={summary}>
        {() => <JsonTree value={value} depth={depth + 1} />}
      </Folded>
    );
  }
  return (
    <div className={styles.line}>
      {label} <JsonTree value={value} />
    </div>
  );
}

function Scalar({ value }: { value: string | number | boolean | null }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== "string") return <span className={styles.scalar}>{String(value)}</span>;
  const long = value.length > STRING_AT_ONCE && !whole;
  return (
    <span className={styles.text} dir="auto">
      {long ? value.slice(0, STRING_AT_ONCE) : value}
      {long && (
        <Button look="quiet" inline onClick={() => setWhole(true)}>
          … show all
        </Button>
      )}
    </span>
  );
}
