/** Server-sent events. The browser reconnects by itself and names the last event it saw. */

import { useEffect, useRef, useState } from "react";

const NAMES = ["message", "session", "deleted", "reset", "arrival"];

export type Connection = "connecting" | "live" | "lost";

/** Hands every event to `receive` while `path` is set and the page is on the screen. */
export function useEvents<T>(path: string | null, receive: (event: T, type: string) => void): Connection {
  const latest = useRef(receive);
  latest.current = receive;
  const [state, setState] = useState<Connection>("connecting");
  useEffect(() => {
    if (!path) return;
    const source = new EventSource(path);
    const listen = (event: MessageEvent<string>) => {
      try {
        latest.current(JSON.parse(event.data) as T, event.type);
      } catch {
        // A line that is not JSON is a keep-alive.
      }
    };
    for (const name of NAMES) source.addEventListener(name, listen);
    source.onopen = () => setState("live");
    source.onerror = () => setState("lost");
    return () => source.close();
  }, [path]);
  return state;
}
