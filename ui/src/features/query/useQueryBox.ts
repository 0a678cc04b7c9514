import { type RefObject, useState } from "react";
import { useBegun } from "./begin";
import { boxKeys } from "./boxKeys";
import { optionsOf, taking } from "./offered";
import type { QueryBoxProps } from "./QueryBox";
import { rememberQuery } from "./recent";
import { useList } from "./useList";
import { usePatience } from "./usePatience";
import { useSubmit } from "./useSubmit";
import { useTyped } from "./useTyped";
import { useFollowed, useWritten } from "./useWritten";

/** What the box holds, and what its keys do. The list follows as soon as the server can read what is typed. */
export function useQueryBox(props: QueryBoxProps & { input: RefObject<HTMLInputElement | null> }) {
  const { project, value, input, onChange, onEnter, scope } = props;
  const [inside, setInside] = useState(false);
  const typed = useTyped({ project, of: scope === "traces" ? "turn" : "session" }, value, inside);
  const { text, fresh, sure } = typed;
  const { write, beginAnew } = useWritten(value, onChange, (query) => typed.set(query, query.length));
  const list = useList();
  const error = fresh?.error ?? null;
  const { problem, end } = usePatience(error, inside);
  useFollowed(text, { read: inside && fresh !== null && error === null, sure: inside && sure }, write);

  const type = (next: string, at: number) => {
    typed.set(next, at);
    list.open();
    onEnter(null);
  };
  const put = (next: string, at: number) => {
    type(next, at);
    requestAnimationFrame(() => placeCaret(input.current, at));
  };
  useBegun(text, (next) => put(next, next.length));

  const submit = useSubmit({
    text,
    read: fresh !== null || sure,
    enter: () => {
      if (error) {
        end();
        list.open();
      } else {
        rememberQuery(project, text);
        write(text, false);
        onEnter(text);
      }
    },
  });
  const options = inside ? optionsOf(project, text, fresh) : [];
  const accept = (index: number) => {
    const taken = taking(text, options[index], fresh?.suggestions[index]);
    if (taken) put(taken.text, taken.caret);
    if (!taken || !options[index]?.recent) return;
    list.close();
    write(taken.text, false);
  };
  return {
    ...{ text, tokens: typed.tokens, options, problem, list, type, accept, moveCaret: typed.moveCaret },
    onKey: boxKeys({ list, options: options.length, problem: problem !== null, accept, input }),
    submit: () => {
      list.close();
      submit();
    },
    clear: () => {
      put("", 0);
      write("", false);
    },
    enter: () => {
      beginAnew();
      setInside(true);
      list.open();
    },
    leave: () => {
      setInside(false);
      list.close();
      onEnter(null);
      if (!error) rememberQuery(project, text);
    },
  };
}

function placeCaret(input: HTMLInputElement | null, at: number): void {
  input?.focus();
  input?.setSelectionRange(at, at);
}
