import { Link, Navigate, useParams, useSearch } from "@tanstack/react-router";
import { Broken, State } from "../../components/State";
import { fromPageSegment, pageName } from "../../core/address";
import { AppBar } from "../shell/AppBar";
import { useTitle } from "../shell/useTitle";
import { useStored } from "./useStored";

/** `/s?project=&session_id=`: from an application's log to its conversation. */
export function SessionLink() {
  const { project = "default", session_id = "" } = useSearch({ from: "/s" });
  return <Waiting project={project} sessionId={session_id} />;
}

/** `/s/{project}/{session_id}`, slashes included. */
export function SessionLinkByPath() {
  const { project, _splat = "" } = useParams({ from: "/s/$project/$" });
  return <Waiting project={fromPageSegment(project)} sessionId={_splat} />;
}

function Waiting({ project, sessionId }: { project: string; sessionId: string }) {
  useTitle(sessionId);
  const { data, error, isPending, refetch } = useStored<{ project: string; id: string }>("/v1/resolve/session", {
    project,
    session_id: sessionId,
  });
  if (data) {
    const params = { project: pageName(data.project), id: data.id };
    return <Navigate to="/p/$project/sessions/$id" params={params} search={{}} replace />;
  }
  return (
    <>
      <AppBar project={project} tab="sessions" />
      <main id="content">
        {error ? (
          <Broken error={error} retry={() => void refetch()} />
        ) : isPending ? null : (
          <State
            title="This session has not arrived yet."
            actions={
              <Link to="/connect" search={{ project }}>
                See what arrives
              </Link>
            }
          >
            <p>
              No trace in project {project} carries the session id <code className="mono">{sessionId}</code>. The page
              waits, and opens the conversation when it comes.
            </p>
          </State>
        )}
      </main>
    </>
  );
}
