import { useSyncExternalStore } from "react";
import { exact, parseTime, relative } from "../core/time";

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

/** How long ago; the exact time with its zone on hover. */
export function Ago({ time }: { time: string | null | undefined }) {
  const current = useSyncExternalStore(subscribe, () => now);
  if (parseTime(time) === null) return null;
  return (
    <time dateTime={time ?? ""} title={exact(time)}>
      {relative(time, Math.max(current, now))}
    </time>
  );
}
