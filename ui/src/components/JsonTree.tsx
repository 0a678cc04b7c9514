import { useState } from "react";
import { holds, jsonHolds } from "../core/holds";
import type { Json } from "../core/json";
import { Button } from "./Button";
import { Folded } from "./Folded";
import styles from "./JsonTree.module.css";
import { Hits } from "./Marked";

const CHILDREN_AT_ONCE = 100;
const STRING_AT_ONCE = 2000;

/** JSON as people read it: `key: value`, nested by indentation, folded where deep. */
export function JsonTree({ value, find, depth = 0 }: { value: Json; find?: string | undefined; depth?: number }) {
  const [chosen, setShown] = useState(CHILDREN_AT_ONCE);
  if (typeof value !== "object" || value === null) return <Scalar value={value} find={find} />;
  const entries: [string, Json][] = Array.isArray(value)
    ? value.map((each, at) => [String(at), each])
    : Object.entries(value);
  if (entries.length === 0) return <span className={styles.dim}>{Array.isArray(value) ? "empty list" : "empty"}</span>;
  const hit = find ? entries.findIndex(([key, each]) => holds(key, find) || jsonHolds(each, find)) : -1;
  const shown = Math.max(chosen, hit + 1);
  return (
    <div className={styles.tree} dir="ltr">
      {entries.slice(0, shown).map(([key, each]) => (
        <Entry key={key} name={key} value={each} find={find} depth={depth} listed={Array.isArray(value)} />
      ))}
      {entries.length > shown && (
        <Button look="quiet" inline onClick={() => setShown(shown + 500)}>
          {entries.length - shown} more
        </Button>
      )}
    </div>
  );
}

interface EntryProps {
  name: string;
  value: Json;
  find: string | undefined;
  depth: number;
  listed: boolean;
}

function Entry({ name, value, find, depth, listed }: EntryProps) {
  const label = (
    <span className={listed ? styles.dim : styles.key}>{listed ? name : <Hits text={name} find={find} />}:</span>
  );
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const size = Object.keys(value).length;
    const words = Array.isArray(value) ? `${size} in a list` : `${size} ${size === 1 ? "field" : "fields"}`;
    const summary = (
      <span className={styles.summary}>
        {label} <span className={styles.dim}>{words}</span>
      </span>
    );
    return (
      <Folded open={(depth < 2 && size <= 20) || jsonHolds(value, find)} summary={summary}>
        {() => <JsonTree value={value} find={find} depth={depth + 1} />}
      </Folded>
    );
  }
  return (
    <div className={styles.line}>
      {label} <JsonTree value={value} find={find} />
    </div>
  );
}

function Scalar({ value, find }: { value: string | number | boolean | null; find: string | undefined }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== "string") {
    return (
      <span className={styles.scalar}>
        <Hits text={String(value)} find={find} />
      </span>
    );
  }
  const long = value.length > STRING_AT_ONCE && !whole && !holds(value.slice(STRING_AT_ONCE), find);
  return (
    <span className={styles.text} dir="auto">
      <Hits text={long ? value.slice(0, STRING_AT_ONCE) : value} find={find} />
      {long && (
        <Button look="quiet" inline onClick={() => setWhole(true)}>
          … show all
        </Button>
      )}
    </span>
  );
}
