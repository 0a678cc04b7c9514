import type { Span, SpanMessage } from "../../api/types";
import { PartView } from "../session/PartView";
import styles from "./SpanMessages.module.css";

/** What went into a model call and what came out, message by message. */
export function SpanMessages({ span }: { span: Span }) {
  return (
    <div className={styles.messages}>
      {span.input_messages.map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their order
        <One key={at} message={message} />
      ))}
      {span.output_messages.length > 0 && <h3 className={styles.output}>Output</h3>}
      {span.output_messages.map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their order
        <One key={at} message={message} />
      ))}
    </div>
  );
}

function One({ message }: { message: SpanMessage }) {
  return (
    <div className={`${styles.message} ${message.role === "user" ? styles.user : ""}`}>
      <p className={styles.role}>
        {message.role || "message"}
        {message.name && ` · ${message.name}`}
      </p>
      <div className={styles.parts}>
        {message.parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts keep their order
          <PartView key={at} part={part} find={undefined} markdown={message.role !== "user"} />
        ))}
      </div>
    </div>
  );
}
