import { parts, saidIn } from "../query/terms";

const FIELD =
  /(?:^|[\s(-])(?:user|model|tool|agent|tag|env|service|kind|has|status|turns|tokens|cost|latency|duration|said-by|turn|span|annotation\.[^\s:]+|metadata\.[^\s:]+):\S/i;

/** What to look for in one session when the query of a list was handed on: its words. Text without terms of the
 *  query language stays as it was written. */
export function wordsSaid(query: string): string {
  if (!parts(query).some(({ text }) => !text.startsWith('"') && FIELD.test(text))) return query;
  return saidIn(query).join(" ");
}
