import { type Ref, useRef } from "react";
import type { Session, Turn } from "../../api/types";
import { SidePanel } from "../../components/SidePanel";
import { LabelPanel } from "./LabelPanel";
import { SessionFacts } from "./SessionFacts";
import { TurnFacts } from "./TurnFacts";
import type { Labels } from "./useLabels";
import type { useView } from "./useView";

interface Props {
  project: string;
  view: ReturnType<typeof useView>;
  session: Session | undefined;
  turn: Turn | undefined;
  current: number;
  labels: Labels;
  note: Ref<HTMLTextAreaElement>;
  /** Everything that the panel begins with is here. */
  ready: boolean;
}

/** What people say of the session, and what is known of it and of the turn being read. */
export function FactsPanel({ project, view, session, turn, current, labels, note, ready }: Props) {
  // All parts come at once and one turn's facts stand until the next one's are here: none moves another.
  const known = useRef(turn);
  if (turn) known.current = turn;
  const drawn = useRef(false);
  drawn.current ||= ready;
  return (
    <SidePanel
      label="Session"
      side="end"
      docked={view.wide}
      open={view.drawer === "facts"}
      close={() => view.setDrawer("")}
      width={304}
    >
      {session && drawn.current && (
        <>
          <LabelPanel project={project} labels={labels} turn={current} note={note} />
          {known.current && <TurnFacts turn={known.current} />}
          <SessionFacts session={session} titled />
        </>
      )}
    </SidePanel>
  );
}
