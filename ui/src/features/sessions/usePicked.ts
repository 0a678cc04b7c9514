import { useCallback, useState } from "react";

/** Sessions picked for something to be done with them all. */
export interface Picked {
  ids: ReadonlySet<string>;
  /** All sessions of the query, loaded or not. */
  all: boolean;
  toggle: (id: string, index: number) => void;
  /** From the one picked last to this one, in the list's order. */
  toward: (index: number, order: readonly string[]) => void;
  set: (ids: Iterable<string>) => void;
  takeAll: () => void;
  clear: () => void;
}

interface State {
  ids: ReadonlySet<string>;
  all: boolean;
  anchor: number;
}

const NONE: State = { ids: new Set(), all: false, anchor: -1 };

/** Empty again with each other list. */
export function usePicked(list: string): Picked {
  const [held, setHeld] = useState<{ list: string; state: State }>({ list, state: NONE });
  const state = held.list === list ? held.state : NONE;
  const change = useCallback(
    (next: (now: State) => State) => setHeld((now) => ({ list, state: next(now.list === list ? now.state : NONE) })),
    [list],
  );
  const set = useCallback((ids: Iterable<string>) => change(() => ({ ...NONE, ids: new Set(ids) })), [change]);
  const clear = useCallback(() => change(() => NONE), [change]);
  return {
    ids: state.ids,
    all: state.all,
    toggle: (id, index) => change((now) => ({ ids: turned(now.ids, id), all: false, anchor: index })),
    toward: (index, order) =>
      change((now) => {
        const from = now.anchor < 0 ? index : now.anchor;
        const between = order.slice(Math.min(from, index), Math.max(from, index) + 1);
        return { ids: new Set([...now.ids, ...between]), all: false, anchor: index };
      }),
    set,
    takeAll: () => change((now) => ({ ...now, all: true })),
    clear,
  };
}

function turned(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
