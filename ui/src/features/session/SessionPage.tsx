import { useParams } from "@tanstack/react-router";
import { Notice } from "../../components/Notice";
import { useProject } from "../shell/useProject";
import { OneSession } from "./OneSession";

/** One conversation, as it was had. The next session begins anew: nothing of the one before stays. */
export function SessionPage() {
  const project = useProject();
  const { id } = useParams({ from: "/p/$project/sessions/$id" });
  return (
    <>
      <OneSession key={`${project}/${id}`} project={project} id={id} />
      <Notice />
    </>
  );
}
