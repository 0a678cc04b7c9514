import { useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { RANGES, rangeWords, type TimeRange } from "../../core/range";
import { parseTime } from "../../core/time";
import styles from "./TimeMenu.module.css";

const ALL = "all";
const CUSTOM = "custom";

interface Props {
  range: TimeRange;
  change: (range: TimeRange) => void;
}

/** Which time: all of it unless one says otherwise. */
export function TimeMenu({ range, change }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const known = RANGES.some((each) => each.value === range.since) && !range.until;
  const chosen = range.since || range.until ? (known ? range.since : CUSTOM) : ALL;
  const choose = (id: string) => {
    if (id === CUSTOM) dialog.current?.showModal();
    else change({ since: id === ALL ? undefined : id, until: undefined });
  };
  return (
    <>
      <Menu
        label={`Time range: ${rangeWords(range)}`}
        shown={rangeWords(range)}
        chosen={chosen}
        choices={[
          { id: ALL, label: "All time" },
          ...RANGES.map(({ value, words }) => ({ id: value, label: words })),
          { id: CUSTOM, label: "From … to …" },
        ]}
        choose={choose}
      />
      <dialog ref={dialog} className={styles.dialog} aria-label="Time range">
        <Custom key={rangeWords(range)} range={range} change={change} close={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}

function Custom({ range, change, close }: Props & { close: () => void }) {
  const [since, setSince] = useState(local(range.since));
  const [until, setUntil] = useState(local(range.until));
  const apply = () => {
    close();
    change({ since: utc(since), until: utc(until) });
  };
  return (
    <div className={styles.custom}>
      <label>
        From
        <input type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} />
      </label>
      <label>
        To
        <input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      <div className={styles.actions}>
        <Button onClick={close}>Cancel</Button>
        <Button look="primary" disabled={!since && !until} onClick={apply}>
          Show this time
        </Button>
      </div>
    </div>
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
