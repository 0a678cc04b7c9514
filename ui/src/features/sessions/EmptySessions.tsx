import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { projectsQuery, type SessionFilter, statsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { State } from "../../components/State";
import { pageName } from "../../core/address";
import { integer, plural } from "../../core/format";
import { rangeSentence } from "../../core/range";
import { FirstSession } from "../connect/FirstSession";
import type { Change } from "./search";

/** Four reasons for an empty list, each with its own way out. */
export function EmptySessions({ project, filter, change }: { project: string; filter: SessionFilter; change: Change }) {
  const { data } = useQuery(projectsQuery);
  if (filter.q || filter.user) return <EmptiedByQuery project={project} filter={filter} change={change} />;
  if (filter.since || filter.until) return <EmptiedByTime project={project} filter={filter} change={change} />;
  if (!data) return null;
  const known = data.data.find((each) => each.name === project);
  if (known && known.trace_count > 0) return <NoSessionIds project={project} traces={known.trace_count} />;
  return (
    <FirstSession project={project} others={data.data.map((each) => each.name).filter((name) => name !== project)} />
  );
}

function EmptiedByQuery({ project, filter, change }: { project: string; filter: SessionFilter; change: Change }) {
  const { q, user, ...time } = filter;
  const withoutText = useQuery({ ...statsQuery(project, { ...time, user }), enabled: Boolean(q) });
  const withoutUser = useQuery({ ...statsQuery(project, { ...time, q }), enabled: Boolean(user) });
  const allTime = useQuery({ ...statsQuery(project, { q, user }), enabled: Boolean(filter.since || filter.until) });
  const terms = [
    ...(q ? [{ name: q, count: withoutText.data?.sessions, drop: { q: undefined } }] : []),
    ...(user ? [{ name: `user:${user}`, count: withoutUser.data?.sessions, drop: { user: undefined } }] : []),
  ];
  const title = q ? `No session matches “${q.length > 80 ? `${q.slice(0, 80)}…` : q}”.` : `No session of ${user}.`;
  return (
    <State
      title={title}
      actions={
        <>
          {terms.map((term) => (
            <Button key={term.name} onClick={() => change(term.drop)}>
              Without {term.name.length > 40 ? `${term.name.slice(0, 40)}…` : term.name}
              {term.count !== undefined && ` (${integer(term.count)})`}
            </Button>
          ))}
          {Boolean(allTime.data?.sessions) && (
            <Button onClick={() => change({ since: undefined, until: undefined })}>
              Show all time ({integer(allTime.data?.sessions)})
            </Button>
          )}
        </>
      }
    >
      <p>
        {terms
          .filter((term) => term.count !== undefined)
          .map((term) => `${integer(term.count)} without it.`)
          .join(" ")}{" "}
        The search looks for exactly these characters in what end users and the application said.
      </p>
    </State>
  );
}

function EmptiedByTime({ project, filter, change }: { project: string; filter: SessionFilter; change: Change }) {
  const all = useQuery(statsQuery(project, {}));
  const count = all.data?.sessions;
  return (
    <State
      title={`Nothing ${rangeSentence(filter)}.`}
      actions={
        <Button onClick={() => change({ since: undefined, until: undefined })}>
          Show all time{count === undefined ? "" : ` (${integer(count)})`}
        </Button>
      }
    />
  );
}

function NoSessionIds({ project, traces }: { project: string; traces: number }) {
  return (
    <State
      title={`${plural(traces, "trace")} arrived, none with a session id.`}
      actions={
        <>
          <Link to="/p/$project/traces" params={{ project: pageName(project) }} search={{}}>
            Show the traces
          </Link>
          <Link to="/connect" search={{ project }}>
            See what arrives
          </Link>
        </>
      }
    >
      <p>
        A session is all traces that carry the same session id. Set <code className="mono">session.id</code> on any span
        of a trace, for example by wrapping the call in <code className="mono">using_session("…")</code>; with
        LangChain, pass <code className="mono">{'{"metadata": {"session_id": "…"}}'}</code> in the config. Traces that
        arrived without one stay where they are.
      </p>
    </State>
  );
}
