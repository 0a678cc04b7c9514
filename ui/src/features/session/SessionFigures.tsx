import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Named, Session } from "../../api/types";
import { Chip } from "../../components/Chip";
import { pageName } from "../../core/address";
import { compact, duration, integer, money, percent } from "../../core/format";
import { annotationWords } from "../../core/labels";
import { dayAndClock, exact } from "../../core/time";
import styles from "./SessionHeader.module.css";

/** The session in one line of figures; what does not fit stands in the panel too. */
export function SessionFigures({ project, session }: { project: string; session: Session }) {
  return (
    <dl className={styles.list}>
      <EndUser project={project} users={session.user_ids} />
      <Figure label="Turns">{integer(session.turn_count)}</Figure>
      {session.error_count > 0 ? (
        <Figure label="Errors">
          <span className={styles.errors}>✕ {integer(session.error_count)}</span>
        </Figure>
      ) : (
        <Figure label="Status">{session.last_turn_status === "ok" ? "ok" : "no error"}</Figure>
      )}
      <Figure label="Started">
        <time dateTime={session.start_time ?? ""} title={exact(session.start_time)}>
          {dayAndClock(session.start_time).replace(/:\d\d$/, "")}
        </time>
      </Figure>
      <Figure label="Duration">{duration(session.duration_ms)}</Figure>
      {session.active_ms !== session.duration_ms && <Figure label="Active">{duration(session.active_ms)}</Figure>}
      <Tokens session={session} />
      <Cost session={session} />
      {session.models.count > 0 && (
        <Figure name label={session.models.count > 1 ? "Models" : "Model"}>
          {some(session.models)}
        </Figure>
      )}
      {session.annotations.length > 0 && (
        <Figure name label="Labels">
          <span className={styles.chips}>
            {session.annotations.slice(0, 3).map((each) => (
              <Chip key={each.id}>{annotationWords(each)}</Chip>
            ))}
          </span>
        </Figure>
      )}
      {session.tags.count > 0 && (
        <Figure name label="Tags">
          <span className={styles.chips}>
            {session.tags.values.slice(0, 3).map((each) => (
              <Chip key={each}>{each}</Chip>
            ))}
          </span>
        </Figure>
      )}
    </dl>
  );
}

/** Leads to all sessions of the end user. */
function EndUser({ project, users }: { project: string; users: Named }) {
  const user = users.values[0];
  if (!user) return null;
  const q = `user:"${user.replace(/([\\"*])/g, "\\$1")}"`;
  return (
    <Figure name label="End user">
      <Link to="/p/$project/sessions" params={{ project: pageName(project) }} search={{ q }}>
        {user}
      </Link>
      {users.count > 1 && ` +${users.count - 1}`}
    </Figure>
  );
}

function Tokens({ session }: { session: Session }) {
  if (session.total_tokens === 0) return null;
  const cached = session.prompt_tokens ? session.cache_read_tokens / session.prompt_tokens : 0;
  return (
    <Figure label="Tokens">
      {compact(session.total_tokens)}
      {cached > 0 && ` · ${percent(Math.min(1, cached))} cached`}
    </Figure>
  );
}

function Cost({ session }: { session: Session }) {
  if (session.cost_usd !== null) {
    return (
      <Figure label="Cost">
        {session.cost_complete ? "" : "≥ "}
        {money(session.cost_usd)}
      </Figure>
    );
  }
  return session.models.count > 0 && session.total_tokens > 0 ? <Figure label="Cost">no price known</Figure> : null;
}

function some(named: Named): string {
  const first = named.values[0] ?? "";
  return named.count > 1 ? `${first} +${named.count - 1}` : first;
}

/** Names keep their own digits: tabular ones widen hyphens. */
function Figure({ label, name = false, children }: { label: string; name?: boolean; children: ReactNode }) {
  if (children === "") return null;
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd className={name ? "" : "figure"}>{children}</dd>
    </div>
  );
}
