import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { asProblem, optionsOf } from "./offered";
import type { QueryBoxProps } from "./QueryBox";
import { rememberQuery } from "./recent";
import { carried, replaced, type Token } from "./tokens";
import { useQueryHelp } from "./useQueryHelp";

/** While one still types, an unfinished term is no mistake yet. */
const PATIENCE_MS = 900;

/** What the box holds, and what its keys do. The list follows as soon as the server can read what is typed. */
export function useQueryBox(props: QueryBoxProps & { input: RefObject<HTMLInputElement | null> }) {
  const { project, value, input } = props;
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [inside, setInside] = useState(false);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [impatient, setImpatient] = useState(false);
  const sent = useRef(value);
  const held = useRef<{ text: string; tokens: readonly Token[] }>({ text: "", tokens: [] });
  const help = useQueryHelp(project, text, caret, inside || text !== "");
  const fresh = help?.text === text ? help : null;
  if (fresh) held.current = { text, tokens: fresh.tokens };
  const tokens = fresh ? fresh.tokens : carried(held.current.tokens, held.current.text, text);

  // The address may change under the box: Back, or a facet that writes its term.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
    setCaret(value.length);
  }, [value]);

  const latest = useRef(props);
  latest.current = props;
  // What is typed in one go is one step back in the browser's history.
  const begun = useRef(false);
  const send = (query: string, typing: boolean) => {
    if (query === sent.current) return;
    sent.current = query;
    latest.current.onChange(query, typing && begun.current);
    begun.current = typing;
  };
  const readable = fresh !== null && fresh.error === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `send` reads what is newest
  useEffect(() => {
    if (readable && inside) send(text, true);
  }, [readable, inside, text]);

  const error = fresh?.error ?? null;
  useEffect(() => {
    latest.current.onError?.(error?.message ?? null);
    setImpatient(false);
    if (!error) return;
    const timer = window.setTimeout(() => setImpatient(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [error]);

  const options = inside ? optionsOf(project, text, fresh) : [];
  const problem = error && (impatient || !inside) ? asProblem(error) : null;

  const latestText = useRef(text);
  latestText.current = text;
  const type = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(-1);
    setOpen(true);
  };
  const put = (next: { text: string; caret: number }) => {
    type(next.text, next.caret);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  // A facet with more values than it shows begins its term here.
  const begin = useRef(put);
  begin.current = put;
  useEffect(() => {
    const write = (event: Event) => {
      const kept = latestText.current.trim();
      const next = `${kept}${kept ? " " : ""}${(event as CustomEvent<string>).detail}`;
      begin.current({ text: next, caret: next.length });
    };
    document.addEventListener("threadline:query", write);
    return () => document.removeEventListener("threadline:query", write);
  }, []);
  // Enter before the server has read the query counts as soon as it has.
  const wanted = useRef<string | null>(null);
  const submit = () => {
    setOpen(false);
    setActive(-1);
    wanted.current = fresh ? null : text;
    if (!fresh) return;
    if (error) {
      setImpatient(true);
      setOpen(true);
      return;
    }
    rememberQuery(project, text);
    send(text, false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is here
  useEffect(() => {
    if (fresh && wanted.current === text) submit();
  }, [fresh, text]);
  const accept = (index: number) => {
    const option = options[index];
    if (!option) return;
    if (option.recent) {
      put({ text: option.text, caret: option.text.length });
      setOpen(false);
      sent.current = option.text;
      latest.current.onChange(option.text, false);
      return;
    }
    const suggestion = fresh?.suggestions[index];
    if (!suggestion) return;
    const done = suggestion.kind === "value" && suggestion.replaces.end >= Array.from(text.trimEnd()).length;
    put(replaced(text, suggestion.replaces.start, suggestion.replaces.end, suggestion.text + (done ? " " : "")));
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const act = keys[event.key];
    if (act?.(event)) event.preventDefault();
  };
  const step = (by: number) => {
    if (options.length === 0) return false;
    setOpen(true);
    if (open) setActive((now) => ((now + by + options.length + 1 + 1) % (options.length + 1)) - 1);
    return true;
  };
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Tab: (event) => {
      if (event.shiftKey || !open || active < 0) return false;
      accept(active);
      return true;
    },
    Enter: () => {
      if (!open || active < 0) return false;
      accept(active);
      return true;
    },
    Escape: () => {
      if (open && (options.length > 0 || problem)) {
        setOpen(false);
        setActive(-1);
      } else input.current?.blur();
      return true;
    },
  };
  return {
    text,
    tokens,
    options,
    problem,
    open,
    active,
    setActive,
    type,
    submit,
    accept,
    onKey,
    moveCaret: (at: number) => at !== caret && setCaret(at),
    clear: () => {
      put({ text: "", caret: 0 });
      send("", false);
    },
    enter: () => {
      begun.current = false;
      setInside(true);
      setOpen(true);
      setActive(-1);
    },
    leave: () => {
      setInside(false);
      setOpen(false);
      if (!error) rememberQuery(project, text);
    },
  };
}
