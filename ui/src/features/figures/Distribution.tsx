import type { Stats } from "../../api/types";
import { duration, integer, money, percent, plural } from "../../core/format";
import { rangesOf, type Spread } from "./figures";
import { Plot } from "./Plot";

interface Props {
  spread: Spread;
  stats: Stats;
  narrow: (field: Exclude<Spread, "drop">, low: number, high: number, last: boolean) => void;
}

const NARROW = "Drag, or Shift + ← → and Enter, to keep these";

/** How the sessions spread over a figure, or how many go on to their n-th turn. */
export function Distribution({ spread, stats, narrow }: Props) {
  if (spread === "drop") return <DropOff stats={stats} narrow={narrow} />;
  const ranges = rangesOf(stats, spread);
  const words = { turns: integer, duration, latency: duration, cost: money }[spread];
  if (ranges.length === 0) return <p className="muted">No session has this figure.</p>;
  const whole = spread === "turns";
  const bars = ranges.map((range, at) => {
    const last = at === ranges.length - 1;
    const span =
      whole && range.high - range.low === 1 && !last
        ? words(range.low)
        : `${words(range.low)} to ${last ? "" : "under "}${words(range.high)}`;
    return {
      value: range.sessions,
      words: `${span}: ${plural(range.sessions, "session")}`,
      tick: at % Math.ceil(ranges.length / 6) === 0 ? words(range.low) : "",
    };
  });
  return (
    <Plot
      label={`Sessions by ${spread}`}
      bars={bars}
      scale={(sessions) => plural(sessions, "session")}
      narrow={(first, last) => narrow(spread, ranges[first]!.low, ranges[last]!.high, last === ranges.length - 1)}
      hint={NARROW}
    />
  );
}

function DropOff({ stats, narrow }: Omit<Props, "spread">) {
  const steps = stats.drop_off ?? [];
  const all = steps[0]?.sessions ?? 0;
  if (all === 0) return <p className="muted">No session has a turn.</p>;
  const bars = steps.map((step, at) => ({
    value: step.sessions,
    words: `At least ${plural(step.turns, "turn")}: ${percent(step.sessions / all)}, ${integer(step.sessions)}`,
    tick: at % Math.ceil(steps.length / 8) === 0 ? integer(step.turns) : "",
  }));
  return (
    <Plot
      label="Share of sessions with at least so many turns"
      bars={bars}
      scale={(sessions) => plural(sessions, "session")}
      narrow={(first, last) => narrow("turns", steps[first]!.turns, steps[last]!.turns, true)}
      hint={NARROW}
    />
  );
}
