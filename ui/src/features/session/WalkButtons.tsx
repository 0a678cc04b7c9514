import { ArrowDown, ArrowUp } from "lucide-react";
import { Button } from "../../components/Button";
import { integer } from "../../core/format";
import styles from "./SessionHeader.module.css";
import type { Walking } from "./useWalk";

/** "3 of 87 ↑ ↓": the list this session was opened from. */
export function WalkButtons({ walking: { place, step } }: { walking: Walking }) {
  if (!place) return null;
  return (
    <span className={styles.walk}>
      <span className={`figure muted ${styles.place}`}>
        {integer(place.index + 1)} of {integer(place.total)}
      </span>
      <Button
        onClick={() => step(-1)}
        disabled={!place.previous}
        aria-label="Previous session"
        title="Previous session (Shift+K)"
      >
        <ArrowUp size={16} aria-hidden />
      </Button>
      <Button onClick={() => step(1)} disabled={!place.next} aria-label="Next session" title="Next session (Shift+J)">
        <ArrowDown size={16} aria-hidden />
      </Button>
    </span>
  );
}
