import type { Span, SpanEvent } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Plain } from "../../components/LongText";
import { When } from "../../components/Time";
import { AttributeList } from "./Attributes";
import styles from "./Events.module.css";

const STACK = "exception.stacktrace";

/** What happened inside the span; exceptions with their stack. */
export function Events({ span }: { span: Span }) {
  return (
    <div className={styles.events}>
      {span.events.length === 0 && <p className="muted">No events.</p>}
      {span.events.map((event, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events keep their order
        <One key={at} event={event} />
      ))}
    </div>
  );
}

function One({ event }: { event: SpanEvent }) {
  const stack = event.attributes.find((each) => each.key === STACK)?.value;
  const failed = event.name === "exception";
  return (
    <section className={`${styles.event} ${failed ? styles.failed : ""}`}>
      <h3>
        {failed && <span className="error">✕ </span>}
        {event.name}{" "}
        <span className={styles.time}>
          <When time={event.time} />
        </span>{" "}
        {typeof stack === "string" && <CopyButton text={stack} label="Copy the stack" />}
      </h3>
      <AttributeList title="" attributes={event.attributes.filter((each) => each.key !== STACK)} needle="" />
      {typeof stack === "string" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
        <div className={styles.stack} tabIndex={0} role="group" aria-label="Stack">
          <Plain text={stack} />
        </div>
      )}
    </section>
  );
}
