import { useQuery } from "@tanstack/react-query";
import { spanQuery } from "../../api/queries";
import type { Span } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Facts } from "../../components/Facts";
import { Plate } from "../../components/Plate";
import { Skeleton } from "../../components/Skeleton";
import { Broken } from "../../components/State";
import { Tabs } from "../../components/Tabs";
import { compact, duration, money } from "../../core/format";
import { dayAndClock, exact } from "../../core/time";
import { Attributes } from "./Attributes";
import { Events } from "./Events";
import { RawText } from "./RawText";
import styles from "./SpanDetails.module.css";
import { SpanMessages } from "./SpanMessages";

interface Props {
  project: string;
  traceId: string;
  spanId: string;
  tab: string;
  setTab: (tab: string) => void;
}

/** One span, whole. */
export function SpanDetails({ project, traceId, spanId, tab, setTab }: Props) {
  const { data: span, error, refetch } = useQuery(spanQuery(project, traceId, spanId));
  if (error) return <Broken error={error} retry={() => void refetch()} />;
  if (!span) {
    return (
      <div className={styles.details} role="status" aria-label="Loading the span">
        <Skeleton width="50%" height="1.5rem" />
        <Skeleton width="90%" />
        <Skeleton width="70%" />
      </div>
    );
  }
  const messages = span.input_messages.length + span.output_messages.length;
  const tabs = [
    ...(messages ? [{ id: "messages", label: "Messages", panel: () => <SpanMessages span={span} /> }] : []),
    { id: "io", label: "Input/output", panel: () => <InputOutput span={span} /> },
    { id: "attributes", label: `Attributes ${span.attributes.length}`, panel: () => <Attributes span={span} /> },
    { id: "events", label: `Events ${span.events.length}`, panel: () => <Events span={span} /> },
  ];
  return (
    <div className={styles.details}>
      <div className={styles.top}>
        <Plate kind={span.kind} />
        <h2 className={styles.name}>{span.name || "span"}</h2>
        <CopyButton text={span.span_id} label="Copy the span id" />
      </div>
      {span.status === "error" && (
        <p className={styles.failure}>
          <span className="error">✕ {exceptionType(span) || "Error"}</span> {withoutType(span)}
        </p>
      )}
      {span.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <Facts
        rows={[
          [
            "Started",
            <span key="start" title={exact(span.start_time)}>
              {dayAndClock(span.start_time)}
            </span>,
          ],
          ["Duration", span.duration_ms === null ? "open" : duration(span.duration_ms)],
          ["Model", span.model],
          ["Tool", span.tool],
          ["Tokens", tokens(span)],
          [
            "Cost",
            span.cost_usd === null
              ? span.model && span.total_tokens
                ? `No price known for ${span.model}`
                : ""
              : money(span.cost_usd),
          ],
          ["Service", span.service],
          ["Instrumented by", [span.scope_name, span.scope_version].filter(Boolean).join(" ")],
        ]}
      />
      <Tabs label="Span" tabs={tabs} chosen={tab} choose={setTab} />
    </div>
  );
}

function InputOutput({ span }: { span: Span }) {
  if (!span.input && !span.output) return <p className="muted">This span carries neither input nor output.</p>;
  return (
    <div className={styles.stack}>
      {span.input && <RawText title="Input" text={span.input} />}
      {span.output && <RawText title="Output" text={span.output} />}
    </div>
  );
}

function tokens(span: Span): string {
  if (span.total_tokens === null && span.prompt_tokens === null && span.completion_tokens === null) return "";
  const parts = [
    span.prompt_tokens !== null && `${compact(span.prompt_tokens)} in`,
    span.completion_tokens !== null && `${compact(span.completion_tokens)} out`,
    span.cache_read_tokens ? `${compact(span.cache_read_tokens)} cached` : false,
  ].filter(Boolean);
  const total = span.total_tokens === null ? "" : compact(span.total_tokens);
  return [total, parts.length ? `(${parts.join(", ")})` : ""].filter(Boolean).join(" ");
}

/** Many senders repeat the type before the message. */
function withoutType(span: Span): string {
  const type = exceptionType(span);
  return type && span.status_message.startsWith(`${type}: `)
    ? span.status_message.slice(type.length + 2)
    : span.status_message;
}

function exceptionType(span: Span): string {
  const event = span.events.find((each) => each.name === "exception");
  const value = event?.attributes.find((each) => each.key === "exception.type")?.value;
  return typeof value === "string" ? value : "";
}
