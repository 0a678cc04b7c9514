import type { KeyboardEvent, MouseEvent } from "react";
import type { FacetValue } from "../../api/types";
import { compact, integer, plural } from "../../core/format";
import { failuresOf, hasTerm, opposite, termOf } from "../query/terms";
import styles from "./Facets.module.css";

interface Props {
  facet: string;
  value: FacetValue;
  query: string;
  /** Adds the term, or takes it away where it stands already. */
  turn: (term: string) => void;
}

/** A click adds the term, with Alt its opposite (as the `-` key and the `−` beside it do); failures have a click of their own. */
export function FacetValueRow({ facet, value, query, turn }: Props) {
  const term = termOf(facet, value.value);
  const not = opposite(term);
  const failed = failuresOf(value.value);
  const state = hasTerm(query, term) ? "on" : hasTerm(query, not) ? "not" : undefined;
  const count = value.calls ?? value.sessions;
  const click = (event: MouseEvent) => turn(state === "not" || (!state && event.altKey) ? not : term);
  const key = (event: KeyboardEvent) => {
    if (event.key !== "-" || state) return;
    event.preventDefault();
    turn(not);
  };
  const words = value.calls == null ? plural(value.sessions, "session") : plural(value.calls, "call");
  return (
    <li className={styles.line} data-state={state}>
      <span className={styles.main}>
        <button
          type="button"
          className={styles.value}
          aria-keyshortcuts="-"
          aria-pressed={state !== undefined}
          title={`${value.value}\n${words}`}
          onClick={click}
          onKeyDown={key}
        >
          {state && (
            <span className={styles.mark} aria-hidden>
              ✕
            </span>
          )}
          <span className={styles.name}>
            {state === "not" && <span className={styles.no}>not </span>}
            {value.value}
          </span>
          <span className={`figure ${styles.count}`}>
            {count < 100_000 ? integer(count) : compact(count)}
            <span className="unseen"> {unit(value)}</span>
          </span>
        </button>
        {!state && (
          <button
            type="button"
            tabIndex={-1}
            className={styles.less}
            aria-label={`Not ${term}`}
            title={`Not ${term}: Alt + click, or the - key`}
            onClick={() => turn(not)}
          >
            −
          </button>
        )}
      </span>
      {value.errors ? (
        <button
          type="button"
          className={`figure ${styles.errors}`}
          aria-pressed={hasTerm(query, failed)}
          title={`Sessions in which ${value.value} failed`}
          onClick={() => turn(failed)}
        >
          <span aria-hidden>· </span>
          {integer(value.errors)} ✕<span className="unseen"> failed</span>
        </button>
      ) : null}
    </li>
  );
}

/** What the number counts. */
function unit(value: FacetValue): string {
  if (value.calls == null) return value.sessions === 1 ? "session" : "sessions";
  return value.calls === 1 ? "call" : "calls";
}
