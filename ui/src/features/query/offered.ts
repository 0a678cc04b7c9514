/** What the server says about a query, as the box shows it. */

import type { Suggestion } from "../../api/types";
import { recentQueries } from "./recent";
import type { Option } from "./Suggestions";
import { replaced } from "./tokens";
import type { Help } from "./useQueryHelp";

export interface Problem {
  column: number;
  message: string;
  expected: readonly string[];
  /** [start, end) in code points. */
  place: readonly [number, number];
}

export function asProblem(error: NonNullable<Help["error"]>): Problem {
  const start = error.column - 1;
  const place = [start, start + Math.max(1, error.length)] as const;
  return { column: error.column, message: error.message, expected: error.expected, place };
}

/** Recent queries while the box is empty, else what could stand at the caret. */
export function optionsOf(project: string, text: string, help: Help | null): Option[] {
  const recent: Option[] =
    text.trim() === ""
      ? recentQueries(project).map((query) => ({
          id: `recent ${query}`,
          text: query,
          description: "",
          count: null,
          recent: true,
        }))
      : [];
  const offered = (help?.suggestions ?? []).map((each, at) => ({
    id: `${at} ${each.text}`,
    text: each.text,
    description: each.description,
    count: each.count ?? null,
    recent: false,
  }));
  // What the server offers keeps its places: the box accepts by them.
  return recent.length > 0 ? recent : offered;
}

/** The text with an option taken, and the caret behind it. A recent query stands for the whole text; a value that
 *  ends the query makes room for more. */
export function taking(
  text: string,
  option: Option | undefined,
  suggestion: Suggestion | undefined,
): { text: string; caret: number } | null {
  if (option?.recent) return { text: option.text, caret: option.text.length };
  if (!suggestion) return null;
  const { start, end } = suggestion.replaces;
  const done = suggestion.kind === "value" && end >= Array.from(text.trimEnd()).length;
  return replaced(text, start, end, suggestion.text + (done ? " " : ""));
}
