import { Search } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { SpanSummary } from "../../api/types";
import { Button } from "../../components/Button";
import { Plate } from "../../components/Plate";
import { integer, plural } from "../../core/format";
import { kindWord } from "../../core/kinds";
import { kindCounts, type SpanFilter } from "../../core/span-filter";
import { useKeys } from "../shell/keys";
import styles from "./TreeFilter.module.css";

interface Props {
  spans: readonly SpanSummary[];
  filter: SpanFilter;
  /** How many spans match; null without a filter. */
  found: number | null;
  change: (next: { kind?: string | undefined; name?: string | undefined; errors?: string | undefined }) => void;
  folded: boolean;
  foldAll: () => void;
}

const TYPED_MS = 120;

/** Narrows the spans by name, kind and failure. */
export function TreeFilter({ spans, filter, found, change, folded, foldAll }: Props) {
  const box = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(filter.words);
  const kinds = useMemo(() => kindCounts(spans), [spans]);
  const failed = useMemo(() => spans.filter((span) => span.status === "error").length, [spans]);
  useEffect(() => {
    if (words === filter.words) return;
    const timer = setTimeout(() => change({ name: words || undefined }), TYPED_MS);
    return () => clearTimeout(timer);
  });
  const focus = (event: KeyboardEvent) => {
    event.preventDefault();
    box.current?.select();
  };
  useKeys({ "/": focus, f: focus });
  const toggle = (kind: string) => {
    const next = filter.kinds.includes(kind) ? filter.kinds.filter((each) => each !== kind) : [...filter.kinds, kind];
    change({ kind: next.join(",") || undefined });
  };
  return (
    <div role="search" aria-label="Spans" className={styles.filter}>
      <span className={styles.box}>
        <Search size={14} aria-hidden className={styles.glyph} />
        <input
          ref={box}
          className={styles.input}
          type="text"
          aria-label="Filter spans by name"
          placeholder="Filter by name"
          value={words}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            setWords("");
            box.current?.blur();
          }}
        />
      </span>
      <span className={styles.kinds} role="group" aria-label="Kinds">
        {kinds.length > 1 &&
          kinds.map(([kind, count]) => (
            <button
              key={kind}
              type="button"
              className={styles.kind}
              aria-pressed={filter.kinds.includes(kind)}
              onClick={() => toggle(kind)}
            >
              <Plate kind={kind} silent /> {kindWord(kind)} <span className="figure muted">{integer(count)}</span>
            </button>
          ))}
        {failed > 0 && (
          <button
            type="button"
            className={styles.kind}
            aria-pressed={filter.errors}
            onClick={() => change({ errors: filter.errors ? undefined : "1" })}
          >
            <span className="error">✕ Errors</span> <span className="figure muted">{integer(failed)}</span>
          </button>
        )}
      </span>
      <span className={styles.rest} role="status">
        {found !== null && (found ? plural(found, "match", "matches") : "No span matches.")}
      </span>
      {spans.length > 1 && (
        <Button look="quiet" inline onClick={foldAll}>
          {folded ? "Unfold all" : "Fold all"}
        </Button>
      )}
    </div>
  );
}
