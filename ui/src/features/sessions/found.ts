/** Why a search found a session, and where in it. */

import type { Hits, NameMatch, Session } from "../../api/types";
import { seeksErrors } from "../query/terms";

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

/** What was found, as it was said: words that stand one behind the other together, of several the longest. It is
 *  what the session's page looks for. */
export function foundText({ text, ranges }: Pick<Hits["first"], "text" | "ranges">): string {
  const points = Array.from(text);
  let longest = "";
  let from = 0;
  let to = -1;
  for (const [start = 0, end = 0] of [...ranges].sort((a, b) => a[0]! - b[0]!)) {
    const together = to >= 0 && start <= to + 1 && (start <= to || points[to] === " ");
    if (!together) from = start;
    to = together ? Math.max(to, end) : end;
    const said = points.slice(from, to).join("");
    if (said.length > longest.length) longest = said;
  }
  return longest;
}

/** Opens the session at the turn that was found; at its first failing one when failures were looked for. */
export function whereFound(session: Session, query = ""): { turn?: string; q?: string; at?: "error" } {
  const hit = session.hits?.first;
  if (hit) return { turn: String(hit.turn_index), q: foundText(hit) };
  const turn = session.matched?.find((each) => each.turn_index !== null)?.turn_index;
  if (turn) return { turn: String(turn) };
  return seeksErrors(query) ? { at: "error" } : {};
}
