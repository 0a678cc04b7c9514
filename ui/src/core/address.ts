/** The page's addresses. A project's name may hold any character, `a/b` and `..` included. */

/** A browser resolves `.` and `..` in a path before anyone sees them, however they are encoded. The API
 *  takes `.;` and `..;` for them: no encoder leaves a bare semicolon. */
export function segment(name: string): string {
  return name === "." || name === ".." ? `${name};` : encodeURIComponent(name);
}

/** The same in the page's own addresses, whose router hands out segments already decoded: a name of dots
 *  carries one semicolon more than it has. */
export function pageName(name: string): string {
  return DOTS.test(name) ? `${name};` : name;
}

export function pageSegment(name: string): string {
  return encodeURIComponent(pageName(name));
}

export function fromPageSegment(decoded: string): string {
  return DOTS.test(decoded) ? decoded.replace(/;$/, "") : decoded;
}

const DOTS = /^\.{1,2};*$/;

type Search = Record<string, string | number | undefined>;

/** Values stay the strings that they are: `q=123` is text, not a number. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function writeSearch(search: Search): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== "") parameters.set(key, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

export function sessionsPath(project: string, search: Search = {}): string {
  return `/p/${pageSegment(project)}/sessions${writeSearch(search)}`;
}

export function sessionPath(project: string, id: string, search: Search = {}): string {
  return `/p/${pageSegment(project)}/sessions/${encodeURIComponent(id)}${writeSearch(search)}`;
}

export function tracesPath(project: string, search: Search = {}): string {
  return `/p/${pageSegment(project)}/traces${writeSearch(search)}`;
}

export function tracePath(project: string, traceId: string, search: Search = {}): string {
  return `/p/${pageSegment(project)}/traces/${encodeURIComponent(traceId)}${writeSearch(search)}`;
}
