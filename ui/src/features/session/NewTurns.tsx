import { ArrowDown } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { plural } from "../../core/format";
import styles from "./Transcript.module.css";

interface Props {
  count: number;
  /** The last turn that is drawn. */
  last: number;
  go: (turn: number) => void;
}

/** Turns that arrived while one reads wait behind a button: nothing moves by itself. */
export function NewTurns({ count, last, go }: Props) {
  const seen = useRef(count);
  useEffect(() => {
    if (last >= count) seen.current = count;
  }, [last, count]);
  const waiting = count - seen.current;
  return (
    <div className={styles.news} role="status">
      {waiting > 0 && last < count && (
        <Button onClick={() => go(count)}>
          {plural(waiting, "new turn")} <ArrowDown size={14} aria-hidden />
        </Button>
      )}
    </div>
  );
}
