import { Link, Navigate, useParams, useSearch } from "@tanstack/react-router";
import { Broken, State } from "../../components/State";
import { pageName } from "../../core/address";
import { AppBar } from "../shell/AppBar";
import { useTitle } from "../shell/useTitle";
import { useStored } from "./useStored";

/** `/t/{trace_id}`: a trace id alone. Where two projects hold it, it asks. */
export function TraceLink() {
  const { traceId } = useParams({ from: "/t/$traceId" });
  const { span } = useSearch({ from: "/t/$traceId" });
  useTitle(traceId);
  const path = `/v1/resolve/trace/${encodeURIComponent(traceId)}`;
  const { data, error, isPending, refetch } = useStored<{ trace_id: string; projects: string[] }>(path, {});
  if (data?.projects.length === 1) {
    const params = { project: pageName(data.projects[0]!), traceId: data.trace_id };
    return <Navigate to="/p/$project/traces/$traceId" params={params} search={{ span }} replace />;
  }
  return (
    <>
      <AppBar project={null} tab="traces" />
      <main id="content">
        {error ? (
          <Broken error={error} retry={() => void refetch()} />
        ) : data ? (
          <State title="This trace is in more than one project.">
            {data.projects.map((name) => (
              <p key={name}>
                <Link
                  to="/p/$project/traces/$traceId"
                  params={{ project: pageName(name), traceId: data.trace_id }}
                  search={{ span }}
                >
                  {name}
                </Link>
              </p>
            ))}
          </State>
        ) : isPending ? null : (
          <State title="This trace has not arrived yet." actions={<Link to="/connect">See what arrives</Link>}>
            <p>
              No span carries the trace id <code className="mono">{traceId}</code>. The page waits, and opens the trace
              when it comes.
            </p>
          </State>
        )}
      </main>
    </>
  );
}
