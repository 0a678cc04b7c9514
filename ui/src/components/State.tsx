import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import { Button } from "./Button";
import styles from "./State.module.css";

/** What a page says when it has nothing to show: what happened, then what to do. */
export function State({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <section className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.body}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}

interface BrokenProps {
  error: unknown;
  retry?: (() => void) | undefined;
  /** Stands in the place of another try where the query cannot be read: it never will be. */
  instead?: ReactNode;
}

/** Something failed: in words, with the one thing to do about it. */
export function Broken({ error, retry, instead }: BrokenProps) {
  const { title, words } = told(error);
  const hopeless = instead !== undefined && error instanceof ApiError && error.code === "invalid_query";
  return (
    <section className={styles.state} role="alert">
      <h2 className={styles.title}>
        <span className="error" aria-hidden>
          ✕
        </span>{" "}
        {title}
      </h2>
      <p className={styles.body}>{words}</p>
      {(retry || hopeless) && (
        <div className={styles.actions}>{hopeless ? instead : <Button onClick={retry}>Try again</Button>}</div>
      )}
    </section>
  );
}

function told(error: unknown): { title: string; words: string } {
  const words = error instanceof Error ? error.message : String(error);
  if (error instanceof ApiError && error.status === 0) {
    return { title: "The server does not answer", words: "Is it still running? The page tries again when you say so." };
  }
  if (error instanceof ApiError && error.code === "invalid_query") {
    return { title: "The query cannot be read", words: error.column ? `Column ${error.column}: ${words}` : words };
  }
  return { title: "This could not be shown", words };
}
