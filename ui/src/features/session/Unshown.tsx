import { Link } from "@tanstack/react-router";
import { ApiError } from "../../api/client";
import { Button } from "../../components/Button";
import { Broken, State } from "../../components/State";
import { pageName } from "../../core/address";
import { Brand } from "../shell/Brand";
import { Corner } from "../shell/Corner";
import { useTitle } from "../shell/useTitle";
import styles from "./SessionHeader.module.css";

interface Props {
  kind: "session" | "trace";
  project: string;
  id: string;
  error: unknown;
  retry: () => void;
}

const LISTS = { session: "sessions", trace: "traces" } as const;

/** A session or a trace that could not be had: its bar and the ways on stay. */
export function Unshown({ kind, project, id, error, retry }: Props) {
  useTitle(id);
  const list = LISTS[kind];
  const to = `/p/$project/${list}` as const;
  const params = { project: pageName(project) };
  return (
    <>
      <header className={styles.bar}>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <Brand word={false} />
        <Link to={to} params={params} search={{}} className={styles.crumb}>
          <span aria-hidden>‹</span> {kind === "session" ? "Sessions" : "Traces"}
        </Link>
        <h1 className={`mono ${styles.idText}`} title={id}>
          {id}
        </h1>
        <span className={styles.rest} />
        <Corner />
      </header>
      <main id="content" tabIndex={-1}>
        {absent(error) ? (
          <State title={`No ${kind} has this id`} actions={<Button onClick={retry}>Try again</Button>}>
            <p>
              It may have been deleted, or not have arrived yet. <code className="mono">{id}</code>
            </p>
          </State>
        ) : (
          <Broken error={error} retry={retry} />
        )}
        <p className={styles.ways}>
          <Link to={to} params={params} search={{}}>
            Back to the {list}
          </Link>
          <Link to={to} params={params} search={{ q: id }}>
            Search the {list} for this id
          </Link>
        </p>
      </main>
    </>
  );
}

/** What is known stays on the page when it cannot be asked for again, unless it is gone. */
export function failureOf(...asked: readonly { error: unknown; data?: unknown }[]): unknown {
  return asked.find(({ error, data }) => error && (data === undefined || absent(error)))?.error;
}

function absent(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
