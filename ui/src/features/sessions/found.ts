/** Why a search found a session, and where in it. */

import type { Hits, NameMatch, Session } from "../../api/types";

const NAMES: Record<NameMatch["field"], string> = {
  session_id: "session id",
  trace_id: "trace",
  user: "end user",
  tag: "tag",
  metadata: "metadata",
};

export function nameWords(match: NameMatch): string {
  return match.field === "metadata" && match.key ? match.key : NAMES[match.field];
}

/** The text of a hit's first mark, as it was said: what the session's page looks for. */
export function foundText(hit: Hits["first"]): string {
  const [start = 0, end = 0] = hit.ranges[0] ?? [];
  return Array.from(hit.text).slice(start, end).join("");
}

/** Opens the session at the turn that was found. */
export function whereFound(session: Session): { turn?: string; q?: string } {
  const hit = session.hits?.first;
  if (hit) return { turn: String(hit.turn_index), q: foundText(hit) };
  const turn = session.matched?.find((each) => each.turn_index !== null)?.turn_index;
  return turn ? { turn: String(turn) } : {};
}
