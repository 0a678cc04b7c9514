import type { Message, Part } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Folded } from "../../components/Folded";
import { Plate } from "../../components/Plate";
import type { Block } from "../../core/blocks";
import { duration, plural } from "../../core/format";
import { blockHolds, partHolds } from "../../core/holds";
import { wordCount } from "../../core/text";
import styles from "./Message.module.css";
import { PartView } from "./PartView";
import { ToolFrame } from "./ToolFrame";

interface Props {
  block: Block;
  find: string | undefined;
  /** The address of one message, where it has one of its own. */
  link?: ((message: string) => string) | undefined;
}

/** One thing in a conversation. */
export function BlockView({ block, find, link }: Props) {
  if (block.kind === "tools") return <ToolFrame calls={block.calls} find={find} />;
  if (block.kind === "agent") return <SubAgent block={block} find={find} />;
  const { message, parts } = block;
  if (message.role === "system" || message.role === "developer")
    return <System message={message} parts={parts} find={find} />;
  const side = message.role === "user" || message.role === "human" ? styles.user : styles.assistant;
  const name = speaker(message);
  return (
    <div className={`${styles.line} ${side === styles.user ? styles.lineEnd : ""}`} data-message={message.id}>
      {name && <p className={styles.speaker}>{name}</p>}
      {link && (
        <span className={styles.link}>
          <CopyButton text={() => link(message.id)} label="Copy a link to this message" />
        </span>
      )}
      <div className={`${styles.message} ${side} ${message.error ? styles.failed : ""}`}>
        {message.error && (
          <p className={styles.problem}>
            <span className="error">✕ Error</span> {message.error}
          </p>
        )}
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts keep their order
          <PartView key={at} part={part} find={find} markdown={side !== styles.user} />
        ))}
      </div>
    </div>
  );
}

/** The end user and the application need no name; everyone else has one. */
function speaker(message: Message): string {
  if (message.name) return message.name;
  return ["user", "human", "assistant", "ai", "model", "tool", "function"].includes(message.role) ? "" : message.role;
}

function System({ message, parts, find }: { message: Message; parts: Part[]; find: string | undefined }) {
  const words = parts.reduce((sum, part) => sum + (part.type === "text" ? wordCount(part.text) : 0), 0);
  const summary = (
    <span>
      System prompt · {plural(words, "word")}
      {message.changed && " · changed here"}
    </span>
  );
  return (
    <Folded className={styles.system} summary={summary} hit={parts.some((part) => partHolds(part, find))}>
      {() => (
        <div className={styles.reading} data-message={message.id}>
          {parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts keep their order
            <PartView key={at} part={part} find={find} markdown />
          ))}
        </div>
      )}
    </Folded>
  );
}

function SubAgent({ block, find }: { block: Extract<Block, { kind: "agent" }>; find: string | undefined }) {
  const summary = (
    <span className={styles.agentLine}>
      <Plate kind="AGENT" />
      Agent {block.name} · {plural(block.steps, "step")}
      {block.ms !== null && ` · ${duration(block.ms)}`}
      {block.failed && <span className="error">✕ error</span>}
    </span>
  );
  return (
    <Folded className={styles.agent} summary={summary} open={block.failed || blockHolds(block, find)}>
      {() => (
        <div className={styles.agentBody}>
          {block.blocks.map((inner, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their order
            <BlockView key={at} block={inner} find={find} />
          ))}
        </div>
      )}
    </Folded>
  );
}
