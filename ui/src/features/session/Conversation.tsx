import type { Ref } from "react";
import type { Outline, Session } from "../../api/types";
import styles from "../../components/Reading.module.css";
import { FindBar } from "./FindBar";
import { Timeline } from "./Timeline";
import { Transcript, type TranscriptHandle } from "./Transcript";
import { type TurnActions, Waiting } from "./TurnView";
import type { Finding } from "./useFind";
import type { Landing } from "./useLanding";

interface Props {
  project: string;
  id: string;
  session: Session | undefined;
  outline: Outline | undefined;
  /** How many turns there are; undefined until it is known which is shown first. */
  count: number | undefined;
  current: number;
  go: (turn: number, landing?: Landing) => void;
  reading: (turn: number) => void;
  actions: TurnActions;
  inputsOnly: boolean;
  timeline: boolean;
  findOpen: boolean;
  finding: Finding;
  findField: Ref<HTMLInputElement>;
  searchFor: (text: string) => void;
  closeFind: () => void;
  message: string | undefined;
  handle: Ref<TranscriptHandle>;
}

/** The middle of the page: the search and the timeline when asked for, and what was said. */
export function Conversation(props: Props) {
  const { project, id, session, outline, current, go, inputsOnly, finding } = props;
  return (
    <main id="content" className={styles.main}>
      <h1 className="unseen">{session?.first_input ?? "Session"}</h1>
      {props.findOpen && (
        <FindBar
          finding={finding}
          current={current}
          search={props.searchFor}
          go={(turn) => go(turn, "hit")}
          close={props.closeFind}
          input={props.findField}
        />
      )}
      {props.timeline && outline && <Timeline project={project} id={id} outline={outline} current={current} go={go} />}
      {props.count !== undefined ? (
        <Transcript
          key={inputsOnly ? "io" : "messages"}
          project={project}
          id={id}
          count={props.count}
          first={current}
          message={props.message}
          inputsOnly={inputsOnly}
          find={finding.text || undefined}
          reading={props.reading}
          actions={props.actions}
          handle={props.handle}
        />
      ) : (
        <div className={styles.waiting}>
          <Waiting />
        </div>
      )}
    </main>
  );
}
