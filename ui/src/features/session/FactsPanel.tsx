import type { Ref } from "react";
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
}

/** What people say of the session, and what is known of it and of the turn being read. */
export function FactsPanel({ project, view, session, turn, current, labels, note }: Props) {
  return (
    <SidePanel
      label="Session"
      side="end"
      docked={view.wide}
      open={view.drawer === "facts"}
      close={() => view.setDrawer("")}
      width={304}
    >
      {session && (
        <>
          <LabelPanel project={project} labels={labels} turn={current} note={note} />
          {turn && <TurnFacts turn={turn} />}
          <SessionFacts session={session} titled />
        </>
      )}
    </SidePanel>
  );
}
