import { Link } from "@tanstack/react-router";
import type { Named, Session } from "../../api/types";
import { Chip } from "../../components/Chip";
import { Facts } from "../../components/Facts";
import { JsonTree } from "../../components/JsonTree";
import { pageName } from "../../core/address";
import { duration, integer } from "../../core/format";
import type { Json } from "../../core/json";
import { dayAndClock, exact } from "../../core/time";
import styles from "./SessionFacts.module.css";

/** What is known about the session besides what was said. */
export function SessionFacts({ session, titled }: { session: Session; titled: boolean }) {
  return (
    <div className={styles.facts}>
      <section>
        {titled && <h2>Session</h2>}
        <Facts
          rows={[
            [
              "Started",
              <span key="started" title={exact(session.start_time)}>
                {dayAndClock(session.start_time)}
              </span>,
            ],
            [
              "Last",
              <span key="last" title={exact(session.last_activity)}>
                {dayAndClock(session.last_activity)}
              </span>,
            ],
            [
              "Id from",
              <code key="id" className="mono">
                {session.session_id_source}
              </code>,
            ],
            ["End users", session.user_ids.count > 1 && list(session.user_ids)],
            ["Models", list(session.models)],
            ["Agents", list(session.agents)],
            ["Environment", list(session.environments)],
            ["Service", list(session.services)],
            ["Tags", session.tags.count > 0 && <Tags key="tags" tags={session.tags} />],
            ["Latency p50", duration(session.latency_p50_ms)],
            ["Latency p95", duration(session.latency_p95_ms)],
            ["Spans", integer(session.span_count)],
            ["Clock", session.clock_skew && "Later than the server’s clock"],
          ]}
        />
      </section>
      {session.tools.values.length > 0 && (
        <section>
          <h2>Tools</h2>
          <ul className={styles.tools}>
            {session.tools.values.map((tool) => (
              <li key={tool.name}>
                <code className={`mono ${styles.tool}`}>{tool.name}</code>
                <span className="figure muted">
                  {integer(tool.calls)}
                  {tool.errors > 0 && <span className="error"> · {integer(tool.errors)} ✕</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {session.metadata && Object.keys(session.metadata).length > 0 && (
        <section>
          <h2>Metadata</h2>
          <JsonTree value={session.metadata as Json} />
        </section>
      )}
      <section>
        <Link to="/p/$project/traces" params={{ project: pageName(session.project) }} search={{ session: session.id }}>
          All traces of this session
        </Link>
      </section>
    </div>
  );
}

function list(named: Named): string {
  const more = named.count - named.values.length;
  return named.values.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function Tags({ tags }: { tags: Named }) {
  return (
    <span className={styles.chips}>
      {tags.values.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
    </span>
  );
}
