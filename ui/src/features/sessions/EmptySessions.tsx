import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { queryHelpQuery, type SessionFilter, statsQuery } from "../../api/listQueries";
import { projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { State } from "../../components/State";
import { pageName } from "../../core/address";
import { integer, plural } from "../../core/format";
import { rangeSentence } from "../../core/range";
import { FirstSession } from "../connect/FirstSession";
import { droppable, strangeFields, withoutSigns } from "../query/terms";
import type { Change } from "./search";

/** Four reasons for an empty list, each with its own way out. */
export function EmptySessions({ project, filter, change }: { project: string; filter: SessionFilter; change: Change }) {
  const { data } = useQuery(projectsQuery);
  if (filter.q) return <EmptiedByQuery project={project} filter={filter} change={change} />;
  if (filter.since || filter.until) return <EmptiedByTime project={project} filter={filter} change={change} />;
  if (!data) return null;
  const known = data.data.find((each) => each.name === project);
  if (known && known.trace_count > 0) return <NoSessionIds project={project} traces={known.trace_count} />;
  return (
    <FirstSession project={project} others={data.data.map((each) => each.name).filter((name) => name !== project)} />
  );
}

const TRIED = 6;

/** "No session matches. 3 match without `has:error`." */
function EmptiedByQuery({ project, filter, change }: { project: string; filter: SessionFilter; change: Change }) {
  const query = filter.q ?? "";
  const ways = droppable(query).slice(0, TRIED);
  const freed = withoutSigns(query);
  const freedStats = useQuery({ ...statsQuery(project, { ...filter, q: freed ?? "" }), enabled: freed !== null });
  const freedCount = freed === null ? 0 : (freedStats.data?.sessions ?? 0);
  const counts = useQueries({ queries: ways.map((way) => statsQuery(project, { ...filter, q: way.rest })) });
  const timed = Boolean(filter.since || filter.until);
  const allTime = useQuery({ ...statsQuery(project, { q: filter.q }), enabled: timed });
  const found = ways
    .map((way, at) => ({ ...way, count: counts[at]?.data?.sessions ?? 0 }))
    .filter((way) => way.count > 0)
    .sort((a, b) => b.count - a.count);
  return (
    <State
      title="No session matches."
      actions={
        <>
          {freedCount > 0 && (
            <Button onClick={() => change({ q: freed ?? undefined })}>
              Search <span className="mono">{shortened(freed ?? "")}</span> ({integer(freedCount)})
            </Button>
          )}
          {found.map((way) => (
            <Button key={way.term} onClick={() => change({ q: way.rest || undefined })}>
              Without <span className="mono">{shortened(way.term)}</span> ({integer(way.count)})
            </Button>
          ))}
          {Boolean(allTime.data?.sessions) && (
            <Button onClick={() => change({ since: undefined, until: undefined })}>
              Show all time ({integer(allTime.data?.sessions)})
            </Button>
          )}
          {found.length === 0 && freedCount === 0 && (
            <Button onClick={() => change({ q: undefined })}>Clear the search</Button>
          )}
        </>
      }
    >
      <StrangeFields project={project} query={query} />
      {found.map((way) => (
        <p key={way.term}>
          {integer(way.count)} {way.count === 1 ? "matches" : "match"} without{" "}
          <code className="mono">{shortened(way.term)}</code>.
        </p>
      ))}
      <p>
        Words are looked for exactly as written, in what was said and in ids, end users, tags and metadata. Terms such
        as <code className="mono">tool:search</code> or <code className="mono">-has:error</code> narrow the list.
      </p>
    </State>
  );
}

/** A slip such as `users:` is read as words: said, or nobody would see it. */
function StrangeFields({ project, query }: { project: string; query: string }) {
  const { data } = useQuery(queryHelpQuery(project, "session", query, Array.from(query).length));
  if (!data) return null;
  const fields = new Set(data.tokens.filter((token) => token.kind === "field").map((token) => token.start));
  return strangeFields(query, fields).map(({ field, term }) => (
    <p key={term}>
      No field is called <code className="mono">{shortened(field)}</code>:{" "}
      <code className="mono">{shortened(term)}</code> was looked for as it is written.
    </p>
  ));
}

function shortened(term: string): string {
  return term.length > 40 ? `${term.slice(0, 40)}…` : term;
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
