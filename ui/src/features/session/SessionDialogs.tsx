import type { Session } from "../../api/types";
import { AuthorDialog } from "./AuthorDialog";
import { CompareDialog } from "./CompareDialog";
import { DeleteDialog } from "./DeleteDialog";
import type { Labels } from "./useLabels";
import type { useView } from "./useView";

interface Props {
  project: string;
  id: string;
  view: ReturnType<typeof useView>;
  session: Session | undefined;
  labels: Labels;
  /** After the session was deleted. */
  gone: () => void;
}

/** At most one of the page's questions. */
export function SessionDialogs({ project, id, view, session, labels, gone }: Props) {
  const close = () => view.setDialog("");
  if (labels.asking) return <AuthorDialog answer={labels.asking} cancel={labels.cancel} />;
  if (view.dialog === "compare") return <CompareDialog project={project} id={id} close={close} />;
  if (view.dialog === "delete" && session) return <DeleteDialog session={session} done={gone} cancel={close} />;
  return null;
}
