/** What can be said about a session, a turn or a span, and which key says it. */

import type { Annotation } from "../api/types";

export type Target =
  | { kind: "session"; project: string; session_id: string }
  | { kind: "trace"; project: string; trace_id: string }
  | { kind: "span"; project: string; trace_id: string; span_id: string };

/** A name as the project set it up, or as it is in use. */
export interface Name {
  name: string;
  kind: "categorical" | "numeric" | "text";
  labels: readonly string[];
  minimum: number | null;
  maximum: number | null;
  description: string;
}

export interface Choice {
  /** "1" to "9"; empty after the ninth. */
  key: string;
  name: string;
  label: string;
}

export interface NameInUse {
  name: string;
  labels: readonly string[];
  has_score: boolean;
  setting?: Partial<Omit<Name, "name">> | null;
}

/** Names that the page itself gives, and shows in other ways. */
export const THUMBS = "thumbs";
export const NOTE = "note";
export const TAG = "tag";

const OWN = new Set([THUMBS, NOTE, TAG]);

/** Configured names first; of the others those with few labels, or scores. */
export function namesFrom(used: readonly NameInUse[]): Name[] {
  const found = used.filter((each) => !OWN.has(each.name)).map(asName);
  return found.filter((each): each is Name => each !== null);
}

function asName({ name, labels, has_score, setting }: NameInUse): Name | null {
  const rest = { minimum: setting?.minimum ?? null, maximum: setting?.maximum ?? null };
  const description = setting?.description ?? "";
  if (setting) {
    const kind = setting.kind ?? "categorical";
    return { name, kind, labels: setting.labels ?? [], description, ...rest };
  }
  if (labels.length > 0 && labels.length <= 9) return { name, kind: "categorical", labels, description, ...rest };
  return has_score ? { name, kind: "numeric", labels: [], description, ...rest } : null;
}

/** Every label of the categorical names, the first nine with a key. */
export function choicesOf(names: readonly Name[]): Choice[] {
  return names
    .filter((each) => each.kind === "categorical")
    .flatMap((each) => each.labels.map((label) => ({ name: each.name, label })))
    .map((each, at) => ({ ...each, key: at < 9 ? String(at + 1) : "" }));
}

/** The author's own annotation of a name, if there is one: what a new one replaces. */
export function own(annotations: readonly Annotation[], name: string, author: string): Annotation | undefined {
  return annotations.find((each) => each.name === name && each.author === author && each.annotator_kind === "human");
}

/** "outcome: resolved", "quality: 0.8", "resolved" where name and label are one. */
export function annotationWords(annotation: Pick<Annotation, "name" | "label" | "score">): string {
  const { name, label, score } = annotation;
  if (name === THUMBS) return label === "down" ? "thumbs down" : "thumbs up";
  const value = label ?? (score === null ? "" : String(score));
  return value && value !== name ? `${name}: ${value}` : name;
}
