import type { Span, SpanMessage } from "../../api/types";
import { Folded } from "../../components/Folded";
import { JsonTree } from "../../components/JsonTree";
import { plural } from "../../core/format";
import { type Json, structured } from "../../core/json";
import { PartView } from "../session/PartView";
import styles from "./SpanMessages.module.css";

/** What went into a model call and what came out, message by message; what a retriever brought. */
export function SpanMessages({ span }: { span: Span }) {
  return (
    <div className={styles.messages}>
      {span.tools_offered.length > 0 && <ToolsOffered tools={span.tools_offered} />}
      {span.input_messages.map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their order
        <One key={at} message={message} />
      ))}
      {span.output_messages.length > 0 && <h3 className={styles.output}>Output</h3>}
      {span.output_messages.map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their order
        <One key={at} message={message} />
      ))}
      {span.documents && <PartView part={span.documents} find={undefined} markdown={false} />}
    </div>
  );
}

export function hasMessages(span: Span): boolean {
  return span.input_messages.length + span.output_messages.length > 0 || span.documents !== null;
}

function ToolsOffered({ tools }: { tools: readonly string[] }) {
  return (
    <Folded summary={<span>{plural(tools.length, "tool")} offered</span>}>
      {() => <JsonTree value={tools.map((each) => structured(each) ?? (each as Json))} />}
    </Folded>
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
