import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { integer, plural } from "../../core/format";
import styles from "./FindBar.module.css";
import type { Finding } from "./useFind";

interface Props {
  finding: Finding;
  current: number;
  search: (text: string) => void;
  go: (turn: number) => void;
  close: () => void;
  input: Ref<HTMLInputElement>;
}

const REST_MS = 200;

/** Search within the conversation: Enter leads to the next hit, Shift+Enter to the one before. */
export function FindBar({ finding, current, search, go, close, input }: Props) {
  const [typed, setTyped] = useState(finding.text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts a search
  useEffect(() => {
    if (typed.trim() === finding.text) return;
    const timer = setTimeout(() => search(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const step = (by: 1 | -1) => {
    const target = finding.from(current, by);
    if (target !== null) go(target);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && typed.trim() !== finding.text) search(typed.trim());
    else if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = finding.turns.length === 0;
  return (
    <search className={styles.bar}>
      <input
        ref={input}
        className={styles.input}
        type="text"
        aria-label="Find in this session"
        placeholder="Find in this session"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={keys}
        spellCheck={false}
        autoComplete="off"
      />
      <span className={`figure ${styles.count}`} role="status">
        {words(finding, current)}
      </span>
      <Button inline look="quiet" disabled={none} onClick={() => step(-1)} aria-label="Previous hit">
        <ArrowUp size={14} aria-hidden />
      </Button>
      <Button inline look="quiet" disabled={none} onClick={() => step(1)} aria-label="Next hit">
        <ArrowDown size={14} aria-hidden />
      </Button>
      <Button inline look="quiet" onClick={close} aria-label="Close the search">
        <X size={14} aria-hidden />
      </Button>
    </search>
  );
}

function words({ text, turns, waiting, more }: Finding, current: number): string {
  if (!text) return "";
  if (turns.length === 0) return waiting ? "Searching…" : "Nothing found";
  const at = turns.indexOf(current);
  if (at >= 0) return `${integer(at + 1)} of ${plural(turns.length, "turn")}${more ? " or more" : ""}`;
  return `${plural(turns.length, "turn")}${more ? " or more" : ""}`;
}
