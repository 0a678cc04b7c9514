import { Link } from "@tanstack/react-router";
import type { Trace } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Skeleton } from "../../components/Skeleton";
import { pageName } from "../../core/address";
import { duration, money, plural } from "../../core/format";
import { dayAndClock, exact } from "../../core/time";
import { Brand } from "../shell/Brand";
import { Corner } from "../shell/Corner";
import styles from "./TraceHeader.module.css";

export function TraceHeader({ project, trace }: { project: string; trace: Trace | undefined }) {
  return (
    <header className={styles.bar}>
      <a className="skip" href="#content">
        Skip to the spans
      </a>
      <Brand word={false} />
      {trace?.session_key ? (
        <Link
          to="/p/$project/sessions/$id"
          params={{ project: pageName(project), id: trace.session_key }}
          search={trace.turn_index && trace.turn_index > 1 ? { turn: String(trace.turn_index) } : {}}
          className={styles.crumb}
        >
          <span aria-hidden>‹</span> Session{trace.turn_index ? `, turn ${trace.turn_index}` : ""}
        </Link>
      ) : (
        <Link to="/p/$project/traces" params={{ project: pageName(project) }} search={{}} className={styles.crumb}>
          <span aria-hidden>‹</span> Traces
        </Link>
      )}
      <span className={styles.title}>{trace ? trace.name || "Trace" : <Skeleton width="12rem" />}</span>
      {trace && (
        <span className={`figure ${styles.figures}`}>
          {trace.status === "error" && <span className="error">✕ error</span>}
          <span>{trace.latency_ms === null ? "open" : duration(trace.latency_ms)}</span>
          <span>{plural(trace.span_count, "span")}</span>
          {trace.total_tokens > 0 && <span>{plural(trace.total_tokens, "token")}</span>}
          {trace.cost_usd !== null && <span>{`${trace.cost_complete ? "" : "≥ "}${money(trace.cost_usd)}`}</span>}
          <span title={exact(trace.start_time)}>{dayAndClock(trace.start_time)}</span>
        </span>
      )}
      <span className={styles.rest} />
      {trace && (
        <span className={styles.id}>
          <CopyButton text={trace.trace_id} label="Copy the trace id" word="Trace id" />
        </span>
      )}
      <Corner />
    </header>
  );
}
