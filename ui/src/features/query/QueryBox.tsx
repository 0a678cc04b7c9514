import { Search, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { useKeys } from "../shell/keys";
import { Coloured } from "./Coloured";
import styles from "./QueryBox.module.css";
import { QueryProblem } from "./QueryProblem";
import { Suggestions } from "./Suggestions";
import { useQueryBox } from "./useQueryBox";

export interface QueryBoxProps {
  project: string;
  value: string;
  /** A query that can be read. `typing`: more may follow, the address need not remember each letter. */
  onChange: (query: string, typing: boolean) => void;
  /** Enter: what this query finds is wanted. Null: no longer, one types on or has left. */
  onEnter: (query: string | null) => void;
  scope: "sessions" | "traces";
}

const WORDS = {
  sessions: { label: "Search sessions", placeholder: "Search what was said, an id, or tool: user: has:error …" },
  traces: {
    label: "Search traces",
    placeholder: "Search what was said, a trace id, an end user, or tool: status:error …",
  },
};

/** The one search box: free text and terms, coloured and completed by the server's grammar as one types.
 *  A combobox as WAI-ARIA describes it: focus stays in the box, arrows go through the list. */
export function QueryBox({ project, value, onChange, onEnter, scope }: QueryBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  const box = useQueryBox({ project, value, onChange, onEnter, scope, input });
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const media = window.matchMedia("(max-width: 479px)");
    const see = () => setNarrow(media.matches);
    see();
    media.addEventListener("change", see);
    return () => media.removeEventListener("change", see);
  }, []);
  useKeys({
    "/": (event) => {
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  });
  const follow = () => {
    if (behind.current && input.current) behind.current.scrollLeft = input.current.scrollLeft;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new text may have scrolled the box
  useEffect(follow, [box.text, box.tokens]);
  const words = WORDS[scope];
  const open = box.list.shown && (box.options.length > 0 || box.problem !== null);
  return (
    <form
      role="search"
      className={`${styles.box} ${box.problem ? styles.wrong : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        box.submit();
      }}
    >
      <Search size={16} aria-hidden className={styles.glyph} />
      <div className={styles.field}>
        <div ref={behind} className={styles.behind} aria-hidden>
          <Coloured text={box.text} tokens={box.tokens} wrong={box.problem?.place ?? null} />
        </div>
        <input
          ref={input}
          type="text"
          role="combobox"
          className={styles.input}
          aria-label={words.label}
          aria-autocomplete="list"
          aria-expanded={open && box.options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && box.list.active >= 0 ? `${id}-list-${box.list.active}` : undefined}
          aria-invalid={box.problem ? true : undefined}
          aria-describedby={box.problem ? `${id}-problem` : undefined}
          placeholder={narrow ? "Search" : words.placeholder}
          value={box.text}
          maxLength={4096}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => box.type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onSelect={(event) => box.moveCaret(event.currentTarget.selectionStart ?? 0)}
          onScroll={follow}
          onKeyDown={box.onKey}
          onFocus={box.enter}
          onBlur={box.leave}
        />
      </div>
      {box.text && (
        <Button look="quiet" inline aria-label="Clear the search" onClick={box.clear}>
          <X size={14} aria-hidden />
        </Button>
      )}
      {open && (
        <div className={styles.popup}>
          {box.problem && <QueryProblem id={`${id}-problem`} problem={box.problem} />}
          {box.options.length > 0 && (
            <Suggestions
              id={`${id}-list`}
              options={box.options}
              active={box.list.active}
              choose={box.accept}
              hover={box.list.setActive}
            />
          )}
          {box.options.length > 0 && (
            <div className={styles.foot} aria-hidden>
              <span>↑ ↓ choose</span>
              {box.list.active >= 0 && <span>Enter or Tab takes it</span>}
              <span>-term: not</span>
              <span>OR, ( )</span>
            </div>
          )}
        </div>
      )}
      {box.problem && !open && (
        <span id={`${id}-problem`} className="unseen">
          {box.problem.message}
        </span>
      )}
      <span role="status" className="unseen">
        {box.problem ? `Column ${box.problem.column}: ${box.problem.message}` : ""}
      </span>
    </form>
  );
}
