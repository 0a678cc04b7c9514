import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { annotate, annotationNamesQuery, removeAnnotation, type Said } from "../../api/annotations";
import type { Annotation, Session, Turn } from "../../api/types";
import { say } from "../../components/Notice";
import { author, nameAuthor } from "../../core/author";
import { annotationWords, type Choice, choicesOf, type Name, own, type Target } from "../../core/labels";

export type Scope = "session" | "turn";
type Value = Pick<Said, "label" | "score" | "explanation">;

export interface Labels {
  scope: Scope;
  setScope: (scope: Scope) => void;
  names: readonly Name[];
  /** Whether the names are here, or will not come. */
  ready: boolean;
  choices: readonly Choice[];
  /** What is said of the session or the turn in scope. */
  given: readonly Annotation[];
  mine: (name: string) => Annotation | undefined;
  /** The same said twice takes it back. */
  put: (name: string, value: Value) => void;
  /** The same on what is not in scope. */
  putOn: (on: Turn | Session, name: string, value: Value) => void;
  remove: (annotation: Annotation) => void;
  undo: () => void;
  /** Set while the author's name is asked for. */
  asking: ((name: string) => void) | null;
  cancel: () => void;
}

// Kept from session to session: who labels turns goes on labelling turns.
let lastScope: Scope = "session";

export function useLabels(project: string, session: Session | undefined, turn: Turn | undefined): Labels {
  const client = useQueryClient();
  const asked = useQuery(annotationNamesQuery(project));
  const names = asked.data ?? [];
  const [scope, keepScope] = useState<Scope>(lastScope);
  const [asking, ask] = useState<((name: string) => void) | null>(null);
  const last = useRef<(() => Promise<unknown>) | null>(null);
  const on = scope === "session" ? session : turn;
  const given = on?.annotations ?? [];

  const run = async (change: () => Promise<unknown>, words: string, back: (() => Promise<unknown>) | null) => {
    try {
      await change();
      last.current = back;
      // Said once it shows: the same key again takes it back.
      await renewed(client, project, session);
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
  const putAs = (who: string, name: string, value: Value, on: Turn | Session) => {
    const target = targetOf(on, project);
    const before = own(on.annotations, name, who);
    if (before && same(before, value)) return remove(before);
    let made: Annotation | undefined;
    const change = async () => {
      made = await annotate({ target, name, author: who, ...value });
    };
    const back = async () => (before ? again(before) : made && removeAnnotation(made.id));
    const place = "turn_count" in on ? "Session" : `Turn ${on.index}`;
    const words = annotationWords({ name, label: value.label ?? null, score: value.score ?? null });
    void run(change, `${place}: ${words}`, back);
  };
  const putAt = (on: Turn | Session | undefined, name: string, value: Value) => {
    if (!on) return;
    const who = author();
    if (who) return putAs(who, name, value, on);
    ask(() => (given: string) => {
      nameAuthor(given);
      ask(null);
      putAs(author(), name, value, on);
    });
  };
  const setScope = (next: Scope) => {
    lastScope = next;
    keepScope(next);
  };
  return {
    ...{ scope, setScope, names, ready: !asked.isPending, choices: choicesOf(names), given, remove, undo, asking },
    put: (name, value) => putAt(on, name, value),
    putOn: putAt,
    mine: (name) => own(given, name, author()),
    cancel: () => ask(null),
  };
}

/** Everything that shows annotations is asked for anew. */
function renewed(client: QueryClient, project: string, session: Session | undefined): Promise<unknown> {
  const about = ["session", "turns", "outline"].map((kind) => [kind, project, session?.id ?? ""]);
  return Promise.all(
    [...about, ["annotation-names", project]].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
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

function targetOf(on: Turn | Session, project: string): Target {
  if ("turn_count" in on) return { kind: "session", project, session_id: on.session_id };
  return { kind: "trace", project, trace_id: on.trace_id };
}
