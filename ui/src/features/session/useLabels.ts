import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { annotate, annotationNamesQuery, removeAnnotation, type Said } from "../../api/annotations";
import type { Annotation, Session, Span, Turn } from "../../api/types";
import { say } from "../../components/Notice";
import { author, nameAuthor } from "../../core/author";
import { annotationWords, type Choice, choicesOf, type Name, own, type Target } from "../../core/labels";

export type Scope = "session" | "turn";
type Value = Pick<Said, "label" | "score" | "explanation">;

/** What can be labelled. */
export type Labelled = Session | Turn | Span;

export interface Labelling {
  names: readonly Name[];
  /** Whether the names are here, or will not come. */
  ready: boolean;
  choices: readonly Choice[];
  on: Labelled | undefined;
  /** What is said of it. */
  given: readonly Annotation[];
  mine: (name: string) => Annotation | undefined;
  /** The same said twice takes it back. */
  put: (name: string, value: Value) => void;
  /** The same on something else. */
  putOn: (on: Labelled, name: string, value: Value) => void;
  remove: (annotation: Annotation) => void;
  undo: () => void;
  /** Set while the author's name is asked for. */
  asking: ((name: string) => void) | null;
  cancel: () => void;
}

export interface Labels extends Labelling {
  scope: Scope;
  setScope: (scope: Scope) => void;
}

// Kept from session to session: who labels turns goes on labelling turns.
let lastScope: Scope = "session";

/** Labels on the session or on the turn being read. */
export function useLabels(project: string, session: Session | undefined, turn: Turn | undefined): Labels {
  const client = useQueryClient();
  const [scope, keepScope] = useState<Scope>(lastScope);
  const setScope = (next: Scope) => {
    lastScope = next;
    keepScope(next);
  };
  // Everything that shows annotations is asked for anew.
  const renew = () => {
    const about = ["session", "turns", "outline"].map((kind) => [kind, project, session?.id ?? ""]);
    return Promise.all(about.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  return { ...useLabelling(project, scope === "session" ? session : turn, renew), scope, setScope };
}

/** Labels on one thing. `renew` asks anew for what shows them. */
export function useLabelling(project: string, on: Labelled | undefined, renew: () => Promise<unknown>): Labelling {
  const client = useQueryClient();
  const asked = useQuery(annotationNamesQuery(project));
  const names = asked.data ?? [];
  const [asking, ask] = useState<((name: string) => void) | null>(null);
  const last = useRef<(() => Promise<unknown>) | null>(null);
  const given = on?.annotations ?? [];

  const run = async (change: () => Promise<unknown>, words: string, back: (() => Promise<unknown>) | null) => {
    try {
      await change();
      last.current = back;
      // Said once it shows: the same key again takes it back.
      await Promise.all([renew(), client.invalidateQueries({ queryKey: ["annotation-names", project] })]);
      say(words, back ? { action: { word: "Undo (u)", run: undo } } : {});
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
  };
  const undo = () => {
    const back = last.current;
    last.current = null;
    if (back) void run(back, "Undone.", null);
  };
  const remove = (annotation: Annotation) => {
    const words = `${annotationWords(annotation)} taken back.`;
    const back = () => again(annotation);
    void run(() => removeAnnotation(annotation.id), words, back);
  };
  const putAs = (who: string, name: string, value: Value, on: Labelled) => {
    const target = targetOf(on, project);
    const before = own(on.annotations, name, who);
    if (before && same(before, value)) return remove(before);
    let made: Annotation | undefined;
    const change = async () => {
      made = await annotate({ target, name, author: who, ...value });
    };
    const back = async () => (before ? again(before) : made && removeAnnotation(made.id));
    const words = annotationWords({ name, label: value.label ?? null, score: value.score ?? null });
    void run(change, `${placeOf(on)}: ${words}`, back);
  };
  const putAt = (on: Labelled | undefined, name: string, value: Value) => {
    if (!on) return;
    const who = author();
    if (who) return putAs(who, name, value, on);
    ask(() => (given: string) => {
      nameAuthor(given);
      ask(null);
      putAs(author(), name, value, on);
    });
  };
  return {
    ...{ names, ready: !asked.isPending, choices: choicesOf(names), on, given, remove, undo, asking },
    put: (name, value) => putAt(on, name, value),
    putOn: putAt,
    mine: (name) => own(given, name, author()),
    cancel: () => ask(null),
  };
}

/** "Session", "Turn 3", "Span create_refund". */
export function placeOf(on: Labelled): string {
  if ("turn_count" in on) return "Session";
  return "span_id" in on ? `Span ${on.name}` : `Turn ${on.index}`;
}

/** Tells one labelled thing from another. */
export function keyOf(on: Labelled): string {
  if ("turn_count" in on) return on.id;
  return "span_id" in on ? on.span_id : on.trace_id;
}

function again({ target, name, label, score, explanation, author: who }: Annotation): Promise<unknown> {
  return annotate({ target: target as Target, name, label, score, explanation, author: who });
}

function same(before: Annotation, value: Value): boolean {
  return (
    before.label === (value.label ?? null) &&
    before.score === (value.score ?? null) &&
    (before.explanation ?? "") === (value.explanation ?? "")
  );
}

function targetOf(on: Labelled, project: string): Target {
  if ("turn_count" in on) return { kind: "session", project, session_id: on.session_id };
  if ("span_id" in on) return { kind: "span", project, trace_id: on.trace_id, span_id: on.span_id };
  return { kind: "trace", project, trace_id: on.trace_id };
}
