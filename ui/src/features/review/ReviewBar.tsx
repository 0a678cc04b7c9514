import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Session } from "../../api/types";
import { Button } from "../../components/Button";
import { Ago } from "../../components/Time";
import { pageName } from "../../core/address";
import { duration, integer, money, plural } from "../../core/format";
import { whereFound } from "../sessions/found";
import styles from "./ReviewPage.module.css";

interface Props {
  project: string;
  session: Session | undefined;
  at: number;
  total: number | null;
  seenAt: string | undefined;
  query: string | undefined;
  random: boolean;
  go: (to: number) => void;
  back: () => void;
}

/** Where one is in the review, and what is known of the session at hand. */
export function ReviewBar({ project, session, at, total, seenAt, query, random, go, back }: Props) {
  return (
    <header className={styles.bar}>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <div className={styles.line}>
        <Button look="quiet" onClick={back} title="Esc">
          <ChevronLeft size={16} aria-hidden /> Sessions
        </Button>
        <h1 className={styles.title}>Review</h1>
        <span className={`figure ${styles.place}`} role="status">
          {integer(at)} of {total === null ? "…" : integer(total)}
        </span>
        <progress className={styles.progress} value={at} max={total ?? at} aria-label="Reviewed so far" />
        <span className={styles.query} title={query}>
          {random ? "at random" : "newest first"}
          {query && (
            <>
              {" · "}
              <span className="mono">{query}</span>
            </>
          )}
        </span>
        <Button aria-label="Previous" title="k" disabled={at <= 1} onClick={() => go(at - 1)}>
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <Button aria-label="Next" title="j or Space" onClick={() => go(at + 1)}>
          <ChevronRight size={16} aria-hidden />
        </Button>
      </div>
      {session && (
        <div className={styles.facts}>
          <Link
            to="/p/$project/sessions/$id"
            params={{ project: pageName(project), id: session.id }}
            search={whereFound(session, query)}
            className={styles.first}
            dir="auto"
          >
            {session.first_input?.trim() || session.session_id}
          </Link>
          {session.user_ids.values[0] && <span>{session.user_ids.values[0]}</span>}
          <span className="figure">{plural(session.turn_count, "turn")}</span>
          {session.error_count > 0 && <span className="error">✕ {integer(session.error_count)}</span>}
          <span className="figure">{duration(session.duration_ms)}</span>
          {session.cost_usd !== null && <span className="figure">{money(session.cost_usd)}</span>}
          <span>
            <Ago time={session.last_activity} />
          </span>
          {seenAt && (
            <span>
              seen <Ago time={seenAt} />
            </span>
          )}
        </div>
      )}
    </header>
  );
}
