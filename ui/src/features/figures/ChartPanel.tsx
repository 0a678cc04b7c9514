import { X } from "lucide-react";
import type { Bucket, Stats } from "../../api/types";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { type Preferences, usePreference } from "../../core/preferences";
import { dayAndClock } from "../../core/time";
import styles from "./ChartPanel.module.css";
import { Distribution } from "./Distribution";
import type { Figure, Spread } from "./figures";
import { type Bar, Plot } from "./Plot";

interface Props {
  figure: Figure;
  spread: Spread;
  stats: Stats;
  before: Stats | undefined;
  choose: (spread: Spread) => void;
  narrow: (steps: readonly Bucket[], first: number, last: number) => void;
  narrowTo: (field: Exclude<Spread, "drop">, low: number, high: number, last: boolean) => void;
  /** Room for few words. */
  stacked: boolean;
  close: () => void;
}

const SPREADS: readonly (readonly [Spread, string])[] = [
  ["turns", "Turns"],
  ["duration", "Duration"],
  ["cost", "Cost"],
  ["latency", "Latency"],
  ["drop", "Drop-off"],
];

/** One figure over time against the period before, and how the sessions spread. */
export function ChartPanel({ figure, spread, stats, before, choose, narrow, narrowTo, stacked, close }: Props) {
  const [zone] = usePreference("zone");
  const bars = figure.step ? overTime(figure, figure.step, stats, before, { zone, ticks: stacked ? 2 : 5 }) : [];
  return (
    <section className={styles.panel} aria-label={`${figure.label}, chart`}>
      <div className={styles.side}>
        <h2 className={styles.title}>
          {figure.label} over time
          {before && (
            <span className={styles.key}>
              <span className={styles.line} aria-hidden /> the period before
            </span>
          )}
        </h2>
        {bars.length > 1 ? (
          <Plot
            label={`${figure.label} over time`}
            bars={bars}
            tone={figure.tone}
            scale={figure.words}
            narrow={(first, last) => narrow(stats.series, first, last)}
            hint="Drag, or Shift + ← → and Enter, to narrow the time"
          />
        ) : (
          <p className="muted">
            {figure.step
              ? "All in one moment: there is nothing to draw over time."
              : `${figure.label} is of whole sessions, which have no one place in time.`}
          </p>
        )}
      </div>
      <div className={styles.side}>
        <div className={styles.title}>
          <h2>Sessions by</h2>
          <Choice label="Sessions by" options={SPREADS} chosen={spread} choose={choose} />
        </div>
        <Distribution spread={spread} stats={stats} narrow={narrowTo} />
      </div>
      <Button look="quiet" inline className={styles.close} aria-label="Close the chart" onClick={close}>
        <X size={16} aria-hidden />
      </Button>
    </section>
  );
}

interface Axis {
  zone: Preferences["zone"];
  /** About so many have room. */
  ticks: number;
}

function overTime(
  figure: Figure,
  step: NonNullable<Figure["step"]>,
  stats: Stats,
  before: Stats | undefined,
  { zone, ticks }: Axis,
): Bar[] {
  const earlier = (before?.series ?? []).filter((bucket) => !bucket.earlier && !bucket.later);
  let place = -1;
  return stats.series.map((bucket, at) => {
    if (!bucket.earlier && !bucket.later) place += 1;
    const was = bucket.earlier || bucket.later || !before ? null : earlier[place];
    const value = step(bucket);
    const when = bucket.earlier
      ? "Earlier"
      : bucket.later
        ? "Later"
        : dayAndClock(bucket.start_time, zone).slice(0, -3);
    const against = was ? `, ${figure.words(step(was)) || "none"} the period before` : "";
    return {
      value: value ?? 0,
      before: was ? step(was) : null,
      words: `${when}: ${figure.words(value) || "none"}${against}`,
      tick: at % Math.ceil(stats.series.length / ticks) === 0 ? when : "",
    };
  });
}
