import type { Span } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Facts } from "../../components/Facts";
import { Plate } from "../../components/Plate";
import { When } from "../../components/Time";
import { compact, duration, money } from "../../core/format";
import styles from "./SpanDetails.module.css";

/** What a span is, how it went and what it cost. */
export function SpanTop({ span }: { span: Span }) {
  const failed = span.status === "error";
  const type = exceptionType(span);
  return (
    <>
      <div className={styles.top}>
        <Plate kind={span.kind} />
        <h2 className={styles.name}>{span.name || "span"}</h2>
        {failed && <span className="error">✕ {type || "error"}</span>}
        <span className={styles.rest} />
        <CopyButton text={span.span_id} label="Copy the span id" />
      </div>
      {failed && span.status_message && <p className={styles.failure}>{withoutType(span, type)}</p>}
      {span.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <Facts
        rows={[
          ["Started", span.start_time && <When key="start" time={span.start_time} day />],
          ["Duration", span.duration_ms === null ? "open" : duration(span.duration_ms)],
          ["Model", span.model],
          ["Tool", span.tool],
          ["Tokens", tokens(span)],
          ["Cost", cost(span)],
          ["Service", span.service],
          ["Instrumented by", [span.scope_name, span.scope_version].filter(Boolean).join(" ")],
        ]}
      />
    </>
  );
}

function cost(span: Span): string {
  if (span.cost_usd !== null) return money(span.cost_usd);
  return span.model && span.total_tokens ? `No price known for ${span.model}` : "";
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
function withoutType(span: Span, type: string): string {
  return type && span.status_message.startsWith(`${type}: `)
    ? span.status_message.slice(type.length + 2)
    : span.status_message;
}

function exceptionType(span: Span): string {
  const event = span.events.find((each) => each.name === "exception");
  const value = event?.attributes.find((each) => each.key === "exception.type")?.value;
  return typeof value === "string" ? value : "";
}
