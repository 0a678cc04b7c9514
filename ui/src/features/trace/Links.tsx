import { Link } from "@tanstack/react-router";
import type { Span } from "../../api/types";
import { AttributeList } from "./Attributes";
import styles from "./Events.module.css";

/** Spans that this one names: of the same trace or of another. */
export function Links({ span }: { span: Span }) {
  return (
    <div className={styles.events}>
      {span.links.map((link, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span may be linked to twice
        <section key={at} className={styles.event}>
          <h3>
            <Link to="/t/$traceId" params={{ traceId: link.trace_id }} search={{ span: link.span_id }}>
              {link.trace_id === span.trace_id ? "Span of this trace" : "Span of another trace"}
            </Link>
          </h3>
          <code className={`mono muted ${styles.id}`}>
            {link.trace_id} · {link.span_id}
          </code>
          <AttributeList title="" attributes={link.attributes} needle="" />
        </section>
      ))}
    </div>
  );
}
