import { useSyncExternalStore } from "react";
import { usePreference } from "../core/preferences";
import { clock, dayAndClock, exact, parseTime, relative } from "../core/time";

// One clock for the page: a thousand rows must not have a timer each.
let now = Date.now();
const listeners = new Set<() => void>();
setInterval(() => {
  now = Date.now();
  for (const each of listeners) each();
}, 20_000);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type Maybe = string | null | undefined;

/** How long ago (or when, for who prefers that); the exact time with its zone on hover. */
export function Ago({ time }: { time: Maybe }) {
  const current = useSyncExternalStore(subscribe, () => now);
  const [zone] = usePreference("zone");
  const [times] = usePreference("times");
  if (parseTime(time) === null) return null;
  return (
    <time dateTime={time ?? ""} title={exact(time, zone)}>
      {times === "exact" ? dayAndClock(time, zone) : relative(time, Math.max(current, now), zone)}
    </time>
  );
}

/** When: the time of day, with its day if asked; the exact time with its zone on hover. */
export function When({ time, day = false }: { time: Maybe; day?: boolean }) {
  const [zone] = usePreference("zone");
  if (parseTime(time) === null) return null;
  return (
    <time dateTime={time ?? ""} title={exact(time, zone)}>
      {day ? dayAndClock(time, zone) : clock(time, zone)}
    </time>
  );
}
