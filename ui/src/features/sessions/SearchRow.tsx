import { Search, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { SessionFilter } from "../../api/queries";
import { Button } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { useKeys } from "../shell/keys";
import styles from "./SearchRow.module.css";
import { type Change, DEFAULT_SORT, nextSort, SORTS } from "./search";
import { TimeMenu } from "./TimeMenu";

const PAUSE_MS = 200;

/** One box for what was said, the time it was said in, and the order. */
export function SearchRow({ filter, change }: { filter: SessionFilter; change: Change }) {
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filter.q ?? "");
  const sent = useRef(filter.q ?? "");
  // The address may change under the box: Back, or a button that drops the term.
  useEffect(() => {
    if ((filter.q ?? "") === sent.current) return;
    sent.current = filter.q ?? "";
    setText(filter.q ?? "");
  }, [filter.q]);
  const send = (value: string) => {
    if (value === sent.current) return;
    sent.current = value;
    change({ q: value || undefined });
  };
  useEffect(() => {
    const timer = setTimeout(() => send(text), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  useKeys({
    "/": (event) => {
      event.preventDefault();
      box.current?.select();
    },
  });
  const sort = filter.sort ?? DEFAULT_SORT;
  const field = SORTS.find((each) => each.field === sort.replace(/^-/, "")) ?? SORTS[0]!;
  return (
    <form
      role="search"
      className={styles.row}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send(text);
      }}
    >
      <div className={styles.box}>
        <Search size={16} aria-hidden className={styles.glyph} />
        {filter.user && (
          <span className={styles.term}>
            user:{filter.user}
            <button
              type="button"
              aria-label={`Remove end user ${filter.user}`}
              onClick={() => change({ user: undefined })}
            >
              ✕
            </button>
          </span>
        )}
        <input
          ref={box}
          type="text"
          className={styles.input}
          aria-label="Search what was said"
          placeholder="Search what was said"
          value={text}
          maxLength={1024}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && box.current?.blur()}
        />
        {text && (
          <Button look="quiet" inline aria-label="Clear the search" onClick={() => setText("")}>
            <X size={14} aria-hidden />
          </Button>
        )}
      </div>
      <TimeMenu range={filter} change={change} />
      <Menu
        label={`Sort by ${field.words}`}
        shown={
          <span className={styles.sort}>
            {field.words}&nbsp;{sort.startsWith("-") ? "↓" : "↑"}
          </span>
        }
        chosen={field.field}
        choices={SORTS.map((each) => ({ id: each.field, label: each.words }))}
        choose={(id) => change({ sort: nextSort(filter.sort, id) })}
      />
    </form>
  );
}
