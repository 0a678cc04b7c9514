import styles from "./Plot.module.css";
import { useRoomyTicks } from "./useRoomyTicks";
import { useSpan } from "./useSpan";

export interface Bar {
  value: number;
  /** In the period before, at the same place. */
  before?: number | null | undefined;
  /** What stands here, in words. */
  words: string;
  /** Under the bar; many stay empty. */
  tick?: string;
}

interface Props {
  label: string;
  bars: readonly Bar[];
  tone?: "error" | undefined;
  /** A value in words, for the one that the height stands for. */
  scale: (value: number) => string;
  /** Narrows to steps `first` to `last`. */
  narrow: (first: number, last: number) => void;
  /** What narrowing does, for the line beneath. */
  hint: string;
}

/** Bars side by side. A drag over them narrows; so do the arrows with Shift, and Enter. */
export function Plot({ label, bars, tone, scale, narrow, hint }: Props) {
  const span = useSpan(bars.length, narrow);
  const most = Math.max(...bars.flatMap((bar) => [bar.value, bar.before ?? 0]), 0) || 1;
  const axis = useRoomyTicks(bars.map((bar) => bar.tick ?? "").join("\n"));
  const current = bars[span.at];
  const share = (value: number) => `${(value / most) * 100}%`;
  return (
    <div className={styles.chart}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${label}. ${hint}`}
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={span.at + 1}
        aria-valuetext={
          span.selecting ? `${bars[span.first]?.words} to ${bars[span.last]?.words}` : (current?.words ?? "")
        }
        className={styles.plot}
        {...span.handlers}
      >
        <span className={styles.most}>{scale(most)}</span>
        {bars.map((bar, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={at}
            className={styles.slot}
            data-on={(span.selecting && at >= span.first && at <= span.last) || undefined}
            data-at={at === span.at || undefined}
          >
            <span className={`${styles.bar} ${tone ? styles[tone] : ""}`} style={{ height: share(bar.value) }} />
            {Boolean(bar.before) && <span className={styles.before} style={{ bottom: share(bar.before ?? 0) }} />}
          </span>
        ))}
      </div>
      <div ref={axis} className={styles.ticks} aria-hidden>
        {bars.map((bar, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place
          <span key={at} className={styles.tick}>
            {bar.tick && <span>{bar.tick}</span>}
          </span>
        ))}
      </div>
      <p className={styles.words} aria-hidden>
        <span className={styles.value}>{current?.words}</span>
        <span className={styles.hint}>{hint}</span>
      </p>
    </div>
  );
}
