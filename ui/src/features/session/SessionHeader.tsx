import { Link } from "@tanstack/react-router";
import { List, PanelRight } from "lucide-react";
import type { ReactNode } from "react";
import type { Session } from "../../api/types";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { CopyButton } from "../../components/CopyButton";
import { Skeleton } from "../../components/Skeleton";
import { pageName } from "../../core/address";
import { compact, duration, integer, money, percent } from "../../core/format";
import { Brand } from "../shell/Brand";
import { Corner } from "../shell/Corner";
import styles from "./SessionHeader.module.css";

const SHOWN = [
  ["messages", "Messages"],
  ["io", "Inputs and outputs"],
] as const;

interface Props {
  project: string;
  session: Session | undefined;
  inputsOnly: boolean;
  toggle: () => void;
  openIndex?: (() => void) | undefined;
  openFacts?: (() => void) | undefined;
}

export function SessionHeader({ project, session, inputsOnly, toggle, openIndex, openFacts }: Props) {
  return (
    <header>
      <div className={styles.bar}>
        <a className="skip" href="#content">
          Skip to the conversation
        </a>
        <Brand word={false} />
        <Link to="/p/$project/sessions" params={{ project: pageName(project) }} search={{}} className={styles.crumb}>
          Sessions <span aria-hidden>›</span>
        </Link>
        <span className={styles.title} dir="auto">
          {session ? session.first_input || session.session_id : <Skeleton width="16rem" />}
        </span>
        {session && (
          <span className={styles.id}>
            <code className={`mono ${styles.idText}`} title={session.session_id}>
              {session.session_id}
            </code>
            <CopyButton text={session.session_id} label="Copy the session id" />
          </span>
        )}
        <span className={styles.rest} />
        <CopyLink />
        <Corner />
      </div>
      <div className={styles.figures}>
        {openIndex && (
          <Button inline onClick={openIndex}>
            <List size={14} aria-hidden /> Turns
          </Button>
        )}
        {session ? <Figures project={project} session={session} /> : <Skeleton width="24rem" />}
        <span className={styles.rest} />
        <Choice
          label="Show"
          options={SHOWN}
          chosen={inputsOnly ? "io" : "messages"}
          choose={(id) => (id === "io") !== inputsOnly && toggle()}
        />
        {openFacts && (
          <Button inline onClick={openFacts}>
            <PanelRight size={14} aria-hidden /> Session
          </Button>
        )}
      </div>
    </header>
  );
}

function CopyLink() {
  return (
    <span className={styles.copy}>
      <CopyButton text={() => window.location.href} label="Copy link to this turn (c)" word="Copy link" />
    </span>
  );
}

function Figures({ project, session }: { project: string; session: Session }) {
  const user = session.user_ids.values[0];
  const cached = session.prompt_tokens ? session.cache_read_tokens / session.prompt_tokens : 0;
  return (
    <dl className={styles.list}>
      {user && (
        <Figure label="End user">
          <Link to="/p/$project/sessions" params={{ project: pageName(project) }} search={{ user }}>
            {user}
          </Link>
          {session.user_ids.count > 1 && ` +${session.user_ids.count - 1}`}
        </Figure>
      )}
      <Figure label="Turns">{integer(session.turn_count)}</Figure>
      {session.error_count > 0 && (
        <Figure label="Errors">
          <span className={styles.errors}>✕ {integer(session.error_count)}</span>
        </Figure>
      )}
      <Figure label="Duration">{duration(session.duration_ms)}</Figure>
      {session.active_ms !== session.duration_ms && <Figure label="Active">{duration(session.active_ms)}</Figure>}
      {session.total_tokens > 0 && (
        <Figure label="Tokens">
          {compact(session.total_tokens)}
          {cached > 0 && ` · ${percent(Math.min(1, cached))} cached`}
        </Figure>
      )}
      {session.cost_usd !== null ? (
        <Figure label="Cost">
          {session.cost_complete ? "" : "≥ "}
          {money(session.cost_usd)}
        </Figure>
      ) : (
        session.models.count > 0 && session.total_tokens > 0 && <Figure label="Cost">no price known</Figure>
      )}
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  if (children === "") return null;
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd className="figure">{children}</dd>
    </div>
  );
}
