import type { Outline } from "../../api/types";
import { SidePanel } from "../../components/SidePanel";
import { TurnIndex } from "./TurnIndex";
import type { useView } from "./useView";

interface Props {
  project: string;
  id: string;
  view: ReturnType<typeof useView>;
  /** Undefined while it is on the way. */
  outline: Outline | undefined;
  current: number;
  hits: ReadonlySet<number>;
  go: (turn: number) => void;
}

/** The turn index at the start of the page, a drawer where there is no room. */
export function IndexPanel({ project, id, view, outline, current, hits, go }: Props) {
  return (
    <SidePanel
      label="Turns"
      side="start"
      docked={view.middle}
      open={view.drawer === "index"}
      close={() => view.setDrawer("")}
      width={248}
    >
      {outline && <TurnIndex project={project} id={id} outline={outline} current={current} hits={hits} go={go} />}
    </SidePanel>
  );
}
