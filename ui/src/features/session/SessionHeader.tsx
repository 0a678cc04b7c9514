import { Link } from "@tanstack/react-router";
import { List, PanelRight, Search } from "lucide-react";
import type { Session } from "../../api/types";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { CopyButton } from "../../components/CopyButton";
import { Skeleton } from "../../components/Skeleton";
import { pageName, parseSearch } from "../../core/address";
import { withoutTicks } from "../../core/code";
import { Brand } from "../shell/Brand";
import { Corner } from "../shell/Corner";
import { SessionFigures } from "./SessionFigures";
import styles from "./SessionHeader.module.css";
import { SessionMenu } from "./SessionMenu";
import type { Walking } from "./useWalk";
import { WalkButtons } from "./WalkButtons";

const SHOWN = [
  ["messages", "Messages"],
  ["io", "Inputs and outputs"],
] as const;

export interface SessionActions {
  compare: () => void;
  copyLink: () => void;
  remove: () => void;
  toggle: () => void;
  timeline: () => void;
  find: () => void;
}

interface Props {
  project: string;
  id: string;
  session: Session | undefined;
  turn: number;
  walking: Walking;
  inputsOnly: boolean;
  timeline: boolean;
  actions: SessionActions;
  openIndex?: (() => void) | undefined;
  openFacts?: (() => void) | undefined;
}

export function SessionHeader(props: Props) {
  const { project, id, session, turn, walking, actions } = props;
  const search = walking.place ? parseSearch(walking.place.walk.search) : {};
  return (
    <header>
      <div className={styles.bar}>
        <a className="skip" href="#content">
          Skip to the conversation
        </a>
        <Brand word={false} />
        <Link
          to="/p/$project/sessions"
          params={{ project: pageName(project) }}
          search={search}
          className={styles.crumb}
        >
          Sessions <span aria-hidden>›</span>
        </Link>
        <span className={styles.title} dir="auto">
          {session ? withoutTicks(session.first_input ?? "") || session.session_id : <Skeleton width="16rem" />}
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
        <WalkButtons walking={walking} />
        <SessionMenu project={project} id={id} turn={turn} actions={actions} />
        <Corner />
      </div>
      <div className={styles.figures}>
        {session ? <SessionFigures project={project} session={session} /> : <FiguresToCome />}
        <Views {...props} />
      </div>
    </header>
  );
}

/** Takes the room of the figures, so that nothing beside them moves. */
function FiguresToCome() {
  return (
    <div className={styles.list}>
      <span className={styles.figure}>
        <Skeleton width="24rem" />
      </span>
    </div>
  );
}

/** The ways to see the session, at the end of the figures. */
function Views({ inputsOnly, timeline, actions, openIndex, openFacts }: Props) {
  return (
    <div className={styles.views}>
      {openIndex && (
        <Button inline onClick={openIndex}>
          <List size={14} aria-hidden /> Turns
        </Button>
      )}
      {openFacts && (
        <Button inline onClick={openFacts}>
          <PanelRight size={14} aria-hidden /> Session
        </Button>
      )}
      <Button inline look="quiet" onClick={actions.find} aria-label="Find in this session" title="Find (f)">
        <Search size={14} aria-hidden />
      </Button>
      <Choice
        label="Show"
        options={SHOWN}
        chosen={inputsOnly ? "io" : "messages"}
        choose={(shown) => (shown === "io") !== inputsOnly && actions.toggle()}
      />
      <Button
        inline
        aria-pressed={timeline}
        className={styles.pressed!}
        onClick={actions.timeline}
        title="Timeline (t)"
      >
        Timeline
      </Button>
    </div>
  );
}
