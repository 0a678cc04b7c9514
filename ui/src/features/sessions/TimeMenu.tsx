import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { RANGES, rangeWords, type TimeRange } from "../../core/range";
import { parseTime } from "../../core/time";
import styles from "./TimeMenu.module.css";

const ALL = "all";

/** Which time: all of it unless one says otherwise. */
export function TimeMenu({ range, change }: { range: TimeRange; change: (range: TimeRange) => void }) {
  const chosen = range.until ? undefined : (range.since ?? ALL);
  return (
    <Menu
      label={`Time range: ${rangeWords(range)}`}
      shown={rangeWords(range)}
      chosen={chosen}
      choices={[{ id: ALL, label: "All time" }, ...RANGES.map(({ value, words }) => ({ id: value, label: words }))]}
      choose={(id) => change({ since: id === ALL ? undefined : id, until: undefined })}
    >
      <Custom range={range} change={change} />
    </Menu>
  );
}

function Custom({ range, change }: { range: TimeRange; change: (range: TimeRange) => void }) {
  const [since, setSince] = useState(local(range.since));
  const [until, setUntil] = useState(local(range.until));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    change({ since: utc(since), until: utc(until) });
  };
  return (
    // Typing in the fields must not move the menu's own focus.
    <form
      className={styles.custom}
      onSubmit={apply}
      onKeyDown={(event) => event.key !== "Escape" && event.stopPropagation()}
    >
      <label>
        From
        <input type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} />
      </label>
      <label>
        To
        <input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      <Button type="submit" disabled={!since && !until}>
        Show this time
      </Button>
    </form>
  );
}

function local(end: string | undefined): string {
  const time = parseTime(end);
  if (time === null) return "";
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 16);
}

function utc(text: string): string | undefined {
  return text ? new Date(text).toISOString() : undefined;
}
