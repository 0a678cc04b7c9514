import { useEffect } from "react";
import type { View } from "../../api/types";
import { fromRange } from "../../core/viewRange";
import { type Change, DEFAULT_SORT, type SessionSearch } from "../sessions/search";
import type { ColumnChoice } from "../sessions/useColumnChoice";

/** The view that the list was last seen as: who comes back to it keeps what they changed since. */
let seen: string | undefined;

/** What a view says of its list, as the address does. */
export function searchOf(view: View): Partial<SessionSearch> {
  return {
    q: view.query || undefined,
    sort: view.sort === DEFAULT_SORT ? undefined : view.sort,
    ...fromRange(view.time_range),
    view: view.id,
  };
}

/** A link to a view brings its columns, and, where the address says no more than its id, all the rest. */
export function useFollowedView(view: View | undefined, search: SessionSearch, change: Change, choice: ColumnChoice) {
  const { q, since, until, sort } = search;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each view that is come to
  useEffect(() => {
    if (!search.view) seen = undefined;
    if (!view || view.id === seen) return;
    seen = view.id;
    if (view.columns.length > 0) choice.take(view.columns);
    if (!q && !since && !until && !sort) change(searchOf(view), true);
  }, [view, search.view]);
}
