import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import styles from "./Folded.module.css";

interface Props {
  /** One line: what it is and how much of it. */
  summary: ReactNode;
  children: () => ReactNode;
  /** Until the reader chooses. */
  open?: boolean;
  /** What was searched for stands inside: folded, it says so. */
  hit?: boolean | undefined;
  className?: string | undefined;
}

/** One line that unfolds. What is inside is not drawn before. */
export function Folded({ summary, children, open: first = false, hit = false, className = "" }: Props) {
  const [chosen, choose] = useState<boolean | null>(null);
  const open = chosen ?? first;
  return (
    <div className={`${styles.folded} ${className}`}>
      <button type="button" className={styles.summary} aria-expanded={open} onClick={() => choose(!open)}>
        <ChevronRight size={14} aria-hidden className={open ? styles.opened : ""} />
        {summary}
        {hit && !open && <mark>hit</mark>}
      </button>
      {open && <div className={styles.body}>{children()}</div>}
    </div>
  );
}
