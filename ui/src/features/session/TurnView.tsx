import { memo, useMemo } from "react";
import type { Message, Turn } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import { blocks } from "../../core/blocks";
import { duration } from "../../core/format";
import { IDLE_FROM_MS } from "../../core/outline";
import { daysApart } from "../../core/time";
import { BlockView } from "./BlockView";
import { InputsAndOutputs } from "./InputsAndOutputs";
import { TurnHeading } from "./TurnHeading";
import styles from "./TurnView.module.css";
import type { Copy } from "./useCopies";

/** What can be done with a turn. One object for all turns: it never changes while a session is shown. */
export interface TurnActions {
  copy: (form: Copy, turn: number) => void;
  copyLink: (turn: number) => void;
  link: (turn: number, message?: string) => string;
  thumb: (turn: number, up: boolean) => void;
  label: (turn: number) => void;
  openTrace: (turn: number) => void;
}

interface Props {
  project: string;
  number: number;
  before: Turn | undefined;
  turn: Turn | undefined;
  /** Null: only what went in and what came out. */
  messages: Message[] | null | undefined;
  find?: string | undefined;
  /** None where turns are only looked at. */
  actions?: TurnActions | undefined;
}

export const TurnView = memo(function TurnView({ project, number, before, turn, messages, find, actions }: Props) {
  const drawn = useMemo(() => (messages ? blocks(messages) : []), [messages]);
  const system = drawn.filter((block) => block.kind === "message" && isSystem(block.message.role));
  const rest = drawn.filter((block) => !system.includes(block));
  const idle = turn?.idle_before_ms ?? 0;
  const newDay = daysApart(before?.start_time, turn?.start_time) || number === 1;
  const failure = turn?.status === "error" && turn.status_message && <Failure words={turn.status_message} />;
  const link = useMemo(() => actions && ((message: string) => actions.link(number, message)), [actions, number]);
  return (
    <section className={styles.turn} aria-label={`Turn ${number}`}>
      {idle >= IDLE_FROM_MS && <p className={styles.idle}>{duration(idle)} idle</p>}
      <TurnHeading project={project} number={number} turn={turn} newDay={newDay} actions={actions} />
      {rest.length > 0 && rest.every((block) => !failed(block)) && failure}
      {system.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their order
        <BlockView key={at} block={block} find={find} />
      ))}
      {messages === null && turn ? (
        <InputsAndOutputs turn={turn} find={find} failure={failure} />
      ) : messages === undefined || !turn ? (
        <Waiting />
      ) : rest.length === 0 ? (
        <InputsAndOutputs turn={turn} find={find} failure={failure} />
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their order
        rest.map((block, at) => <BlockView key={at} block={block} find={find} link={link} />)
      )}
    </section>
  );
});

function isSystem(role: string): boolean {
  return role === "system" || role === "developer";
}

function failed(block: ReturnType<typeof blocks>[number]): boolean {
  if (block.kind === "agent") return block.failed;
  return block.kind === "tools" ? block.calls.some((call) => call.status === "error") : Boolean(block.message.error);
}

function Failure({ words }: { words: string }) {
  return (
    <p className={styles.failure}>
      <span className="error">✕ Error</span> {words}
    </p>
  );
}

export function Waiting() {
  return (
    <div className={styles.waiting} role="status" aria-label="Loading">
      <Skeleton width="46%" height="44px" />
      <Skeleton width="90%" />
      <Skeleton width="72%" />
    </div>
  );
}
