import { History } from "lucide-react";
import { useEffect, useRef } from "react";
import { integer } from "../../core/format";
import styles from "./Suggestions.module.css";

export interface Option {
  id: string;
  /** As it would stand in the box. */
  text: string;
  description: string;
  count: number | null;
  recent: boolean;
}

interface Props {
  id: string;
  options: readonly Option[];
  active: number;
  choose: (index: number) => void;
  hover: (index: number) => void;
}

/** The list under the box. Focus stays in the box; the active option is named by `aria-activedescendant`. */
export function Suggestions({ id, options, active, choose, hover }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Suggestions" className={styles.list}>
      {options.map((option, at) => (
        <div
          key={option.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          data-at={at}
          aria-selected={at === active}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => at !== active && hover(at)}
          onClick={() => choose(at)}
          onKeyDown={() => undefined}
        >
          {option.recent && <History size={14} aria-hidden className={styles.glyph} />}
          <span className={`mono ${styles.text}`}>{option.text}</span>
          <span className={styles.words}>{option.description}</span>
          {option.count !== null && <span className={`figure ${styles.count}`}>{integer(option.count)}</span>}
        </div>
      ))}
    </div>
  );
}
