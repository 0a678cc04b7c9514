import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import styles from "./Folded.module.css";

interface Props {
  /** One line: what it is and how much of it. */
  summary: ReactNode;
  children: () => ReactNode;
  open?: boolean;
  className?: string | undefined;
}

/** One line that unfolds. What is inside is not drawn before. */
export function Folded({ summary, children, open: first = false, className = "" }: Props) {
  const [open, setOpen] = useState(first);
  return (
    <div className={`${styles.folded} ${className}`}>
      <button type="button" className={styles.summary} aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size={14} aria-hidden className={open ? styles.opened : ""} />
        {summary}
      </button>
      {open && <div className={styles.body}>{children()}</div>}
    </div>
  );
}
