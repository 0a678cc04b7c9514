/** Writes the query by clicks: terms are added, turned around and taken away. Reading it is the server's. */

export interface Part {
  text: string;
  /** Places are UTF-16 units, [start, end). */
  start: number;
  end: number;
}

/** What stands side by side at the top of a query, quotes and parentheses kept whole. */
export function parts(query: string): Part[] {
  const found: Part[] = [];
  let start = -1;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at <= query.length; at++) {
    const sign = query[at];
    const ends = sign === undefined || (/\s/.test(sign) && !quoted && depth === 0);
    if (ends) {
      if (start >= 0) found.push({ text: query.slice(start, at), start, end: at });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (sign === "\\") at = Math.min(at + 1, query.length - 1);
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === "(") depth += 1;
    else if (!quoted && sign === ")") depth = Math.max(0, depth - 1);
  }
  return found;
}

const PLAIN = /^[^\s"\\()*,:<>=-][^\s"\\()*,<>=]*$/;

const WORD = /^[^\s"\\()*:<>-][^\s"\\()*:]*$/;
const SURE_PARTS = 50;

/** Whether a query can be read without asking: it is plain words, beside parts of one that the server has read. */
export function surelyReadable(query: string, read: string): boolean {
  const known = new Set(either(read) ? [] : parts(read).map((part) => part.text));
  const all = parts(query);
  return all.length <= SURE_PARTS && all.every(({ text }) => text !== "OR" && (WORD.test(text) || known.has(text)));
}

/** A value as the grammar wants it: quoted unless it is one plain word; signs lose their meaning. */
export function written(value: string): string {
  if (PLAIN.test(value) && !value.includes("..")) return value;
  return `"${value.replace(/[\\"*]/g, "\\$&")}"`;
}

const FIELDS: Record<string, string> = { environment: "env", user_id: "user" };

/** The term that a facet's value stands for; a label's value is `NAME:label`. */
export function termOf(facet: string, value: string): string {
  if (facet === "annotation") {
    const colon = value.indexOf(":");
    return `annotation.${written(value.slice(0, colon))}:${written(value.slice(colon + 1))}`;
  }
  return `${FIELDS[facet] ?? facet}:${written(value)}`;
}

/** One call of this tool, and that one failed. */
export function failuresOf(tool: string): string {
  return `span:(${termOf("tool", tool)} status:error)`;
}

export function opposite(term: string): string {
  return term.startsWith("-") ? term.slice(1) : `-${term}`;
}

export function hasTerm(query: string, term: string): boolean {
  return !either(query) && parts(query).some((part) => part.text === term);
}

/** The query narrowed by a term, which replaces its own opposite. */
export function withTerm(query: string, term: string): string {
  if (hasTerm(query, term)) return query;
  const kept = either(query) ? `(${query.trim()})` : withoutTerm(query, opposite(term)).trim();
  return kept ? `${kept} ${term}` : term;
}

export function withoutTerm(query: string, term: string): string {
  if (either(query)) return query;
  return parts(query)
    .filter((part) => part.text !== term)
    .map((part) => part.text)
    .join(" ");
}

/** The query with all terms of one field replaced by these: a range drawn over a chart. */
export function withAll(query: string, field: string, terms: readonly string[]): string {
  if (either(query)) return terms.reduce(withTerm, query);
  const kept = parts(query).filter((part) => !part.text.startsWith(`${field}:`));
  return [...kept.map((part) => part.text), ...terms].join(" ");
}

/** Terms side by side of which any may hold: nothing can be taken out without changing what the rest says. */
function either(query: string): boolean {
  return parts(query).some((part) => part.text === "OR");
}

/** Each way to make a query wider by dropping one thing of it, for a list that came out empty. */
export function droppable(query: string): { term: string; rest: string }[] {
  if (either(query)) return [{ term: query.trim(), rest: "" }];
  const all = parts(query);
  return all.map((part, at) => ({
    term: part.text,
    rest: all
      .filter((_, other) => other !== at)
      .map((each) => each.text)
      .join(" "),
  }));
}

/** The words and phrases of a query, as far as they stand at its top: what the page marks in a text it holds. */
export function saidIn(query: string): string[] {
  return parts(query)
    .map((part) => part.text)
    .filter((text) => text !== "OR" && !/^[-(]/.test(text) && !/^[a-z][\w.-]*:/i.test(text))
    .map((text) => (text.startsWith('"') ? text.replace(/^"|"$/g, "").replace(/\\(.)/g, "$1") : text))
    .filter(Boolean);
}

/** The terms that stand at a query's top and can be taken out of it one by one. */
export function termsIn(query: string): string[] {
  if (either(query)) return [];
  const all = parts(query).map((part) => part.text);
  return [...new Set(all.filter((text) => /^-?[a-z][\w-]*[.:]/i.test(text) && text.includes(":")))];
}

/** Whether a query wants what failed, at its top or within `turn:( )` and `span:( )`; not where it is negated. */
export function seeksErrors(query: string): boolean {
  return parts(query).some(({ text }) => {
    const inner = /^(?:turn:|span:)?\(([\s\S]*)\)$/i.exec(text)?.[1];
    return inner === undefined ? /^(?:has|status):error$/i.test(text) : seeksErrors(inner);
  });
}

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** The query with its words freed of the signs around them, `late?!` as `late`; null where that changes nothing. */
export function withoutSigns(query: string): string | null {
  if (either(query)) return null;
  const all = parts(query).map((part) => part.text);
  const freed = all.map((text) => (/^[-("]|:/.test(text) ? text : text.replace(EDGES, ""))).filter(Boolean);
  const rest = freed.join(" ");
  return rest && rest !== all.join(" ") ? rest : null;
}

/** Words that look like a term and are none: `fields` are the places, in code points, where the server read a field. */
export function strangeFields(query: string, fields: ReadonlySet<number>): { field: string; term: string }[] {
  return parts(query).flatMap(({ text, start }) => {
    const [, minus = "", field = ""] = /^(-?)([a-z][\w-]*):(?!\/\/)/i.exec(text) ?? [];
    const place = Array.from(query.slice(0, start + minus.length)).length;
    return field && !text.endsWith(")") && !fields.has(place) ? [{ field, term: text }] : [];
  });
}
