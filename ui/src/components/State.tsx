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

/** Something failed: in words, with the one thing to do about it. */
export function Broken({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const known = error instanceof ApiError;
  const title = known && error.status === 0 ? "The server does not answer" : "This could not be shown";
  const words =
    known && error.status === 0 ? "Is it still running? The page tries again when you say so." : message(error);
  return (
    <section className={styles.state} role="alert">
      <h2 className={styles.title}>
        <span className="error" aria-hidden>
          ✕
        </span>{" "}
        {title}
      </h2>
      <p className={styles.body}>{words}</p>
      {retry && (
        <div className={styles.actions}>
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
    </section>
  );
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
