import { Link } from "@tanstack/react-router";
import { MoreHorizontal } from "lucide-react";
import type { Trace } from "../../api/types";
import { ActionMenu } from "../../components/ActionMenu";
import { CopyButton } from "../../components/CopyButton";
import { say } from "../../components/Notice";
import { Skeleton } from "../../components/Skeleton";
import { When } from "../../components/Time";
import { pageName } from "../../core/address";
import { copyText } from "../../core/clipboard";
import { duration, money, plural } from "../../core/format";
import { Brand } from "../shell/Brand";
import { Corner } from "../shell/Corner";
import { copyOtlp, otlpPath } from "./otlp";
import styles from "./TraceHeader.module.css";

export function TraceHeader({ project, trace }: { project: string; trace: Trace | undefined }) {
  return (
    <header className={styles.bar}>
      <a className="skip" href="#content">
        Skip to the spans
      </a>
      <Brand word={false} />
      <Back project={project} trace={trace} />
      <span className={styles.title} title={trace?.name}>
        {trace ? trace.name || "Trace" : <Skeleton width="12rem" />}
      </span>
      {trace && (
        <span className={`figure ${styles.figures}`}>
          {trace.status === "error" && <span className={`error ${styles.status}`}>✕ error</span>}
          <span>{trace.latency_ms === null ? "open" : duration(trace.latency_ms)}</span>
          {trace.total_tokens > 0 && <span>{plural(trace.total_tokens, "token")}</span>}
          {trace.cost_usd !== null && <span>{`${trace.cost_complete ? "" : "≥ "}${money(trace.cost_usd)}`}</span>}
          <span>{plural(trace.span_count, "span")}</span>
          <When time={trace.start_time} day />
        </span>
      )}
      <span className={styles.rest} />
      {trace && (
        <>
          <span className={styles.id}>
            <CopyButton text={trace.trace_id} label="Copy the trace id" word="Trace id" />
          </span>
          <More project={project} trace={trace} />
        </>
      )}
      <Corner />
    </header>
  );
}

function Back({ project, trace }: { project: string; trace: Trace | undefined }) {
  if (!trace?.session_key) {
    return (
      <Link to="/p/$project/traces" params={{ project: pageName(project) }} search={{}} className={styles.crumb}>
        <span aria-hidden>‹</span> Traces
      </Link>
    );
  }
  return (
    <Link
      to="/p/$project/sessions/$id"
      params={{ project: pageName(project), id: trace.session_key }}
      search={trace.turn_index && trace.turn_index > 1 ? { turn: String(trace.turn_index) } : {}}
      className={styles.crumb}
    >
      <span aria-hidden>‹</span> Session{trace.turn_index ? `, turn ${trace.turn_index}` : ""}
    </Link>
  );
}

function More({ project, trace }: { project: string; trace: Trace }) {
  const copy = async (text: string, words: string) => {
    if (await copyText(text)) say(`${words} copied.`);
  };
  const groups = [
    {
      title: "Copy",
      actions: [
        { id: "id", label: "Trace id", run: () => void copy(trace.trace_id, "Trace id") },
        { id: "link", label: "Link", detail: "c", run: () => void copy(window.location.href, "Link") },
        { id: "json", label: "OTLP as JSON", run: () => void copyOtlp(project, trace.trace_id) },
      ],
    },
    {
      title: "Download",
      actions: [{ id: "protobuf", label: "OTLP as protobuf", href: otlpPath(project, trace.trace_id) }],
    },
  ];
  return <ActionMenu label="Copy and download" shown={<MoreHorizontal size={16} aria-hidden />} groups={groups} />;
}
