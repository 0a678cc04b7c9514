import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { prefetchSession } from "../../api/sessionBlocks";
import { nextPage } from "../../api/sessionQueries";
import { pageName } from "../../core/address";
import { currentWalk, extended, type Place, placeIn, startWalk } from "../../core/walk";

export interface Walking {
  place: Place | null;
  /** One session on or back in the list that this one was opened from. */
  step: (by: 1 | -1) => void;
}

/** What is read first comes first. */
const REST_MS = 60;
/** Further sessions of the list are fetched this long before they are needed. */
const AHEAD = 10;

export function useWalk(project: string, id: string): Walking {
  const [walk, setWalk] = useState(currentWalk);
  const navigate = useNavigate();
  const place = placeIn(walk, project, id);
  const near = place !== null && place.index >= place.walk.keys.length - AHEAD;
  const more = near ? place.walk.more : null;
  useEffect(() => {
    if (!more) return;
    let left = false;
    const append = async () => {
      const page = await nextPage(more).catch(() => null);
      const known = currentWalk();
      if (left || !page || !known || known.more !== more) return;
      const longer = extended(known, page.ids, page.more);
      startWalk(longer);
      setWalk(longer);
    };
    void append();
    return () => {
      left = true;
    };
  }, [more]);
  const neighbours = place ? [1, 2, -1].map((by) => place.walk.keys[place.index + by] ?? "").join(",") : "";
  const client = useQueryClient();
  // The neighbours are here before they are asked for.
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const each of neighbours.split(",")) if (each) prefetchSession(client, project, each);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [client, project, neighbours]);
  const step = (by: 1 | -1) => {
    const target = by === 1 ? place?.next : place?.previous;
    if (!target) return;
    void navigate({
      to: "/p/$project/sessions/$id",
      params: { project: pageName(project), id: target },
      search: (old: { show?: string | undefined; q?: string | undefined }) => ({ show: old.show, q: old.q }),
      // Back leads to the list, however many sessions were walked.
      replace: true,
    });
  };
  return { place, step };
}
