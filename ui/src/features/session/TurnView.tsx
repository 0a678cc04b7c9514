import { Link } from "@tanstack/react-router";
import { memo, useEffect, useMemo, useRef } from "react";
import type { Message, Turn } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Skeleton } from "../../components/Skeleton";
import { pageName } from "../../core/address";
import { blocks } from "../../core/blocks";
import { duration, integer, money, plural } from "../../core/format";
import { clock, dayAndClock, daysApart, exact } from "../../core/time";
import { BlockView } from "./BlockView";
import { InputsAndOutputs } from "./InputsAndOutputs";
import styles from "./TurnView.module.css";

interface Props {
  project: string;
  number: number;
  before: Turn | undefined;
  turn: Turn | undefined;
  /** Null: only what went in and what came out. */
  messages: Message[] | null | undefined;
  find: string | undefined;
  message: string | undefined;
}

export const TurnView = memo(function TurnView({ project, number, before, turn, messages, find, message }: Props) {
  const drawn = useMemo(() => (messages ? blocks(messages) : []), [messages]);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!message || !messages) return;
    section.current?.querySelector(`[data-message="${CSS.escape(message)}"]`)?.scrollIntoView({ block: "center" });
  }, [message, messages]);
  const system = drawn.filter((block) => block.kind === "message" && isSystem(block.message.role));
  const rest = drawn.filter((block) => !system.includes(block));
  const idle = turn?.idle_before_ms ?? 0;
  return (
    <section ref={section} className={styles.turn} aria-label={`Turn ${number}`}>
      {idle >= 300_000 && <p className={styles.idle}>{duration(idle)} idle</p>}
      <Heading
        project={project}
        number={number}
        turn={turn}
        newDay={daysApart(before?.start_time, turn?.start_time) || number === 1}
      />
      {turn?.status === "error" && turn.status_message && rest.every((block) => !failed(block)) && (
        <p className={styles.failure}>
          <span className="error">✕ Error</span> {turn.status_message}
        </p>
      )}
      {system.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their order
        <BlockView key={at} block={block} find={find} />
      ))}
      {messages === null && turn ? (
        <InputsAndOutputs turn={turn} find={find} />
      ) : messages === undefined || !turn ? (
        <Waiting />
      ) : rest.length === 0 ? (
        <InputsAndOutputs turn={turn} find={find} />
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their order
        rest.map((block, at) => <BlockView key={at} block={block} find={find} />)
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

function Heading({
  project,
  number,
  turn,
  newDay,
}: {
  project: string;
  number: number;
  turn: Turn | undefined;
  newDay: boolean;
}) {
  const link = () => {
    const address = new URL(window.location.href);
    address.searchParams.set("turn", String(number));
    return address.href;
  };
  return (
    <div className={styles.heading}>
      <h2 className={styles.name}>Turn {number}</h2>
      {turn && (
        <>
          {turn.start_time && (
            <time className="figure" dateTime={turn.start_time} title={exact(turn.start_time)}>
              {newDay ? dayAndClock(turn.start_time) : clock(turn.start_time)}
            </time>
          )}
          {turn.status === "error" && <span className="error">✕ error</span>}
          <span className="figure" title={split(turn)}>
            {turn.latency_ms === null ? "open" : duration(turn.latency_ms)}
          </span>
          {turn.total_tokens > 0 && <span className="figure">{plural(turn.total_tokens, "token")}</span>}
          {turn.cost_usd !== null && <span className="figure">{money(turn.cost_usd)}</span>}
          <span className={styles.rest} />
          <span className={styles.actions}>
            <CopyButton text={link} label={`Copy a link to turn ${integer(number)}`} />
          </span>
          <Link
            to="/p/$project/traces/$traceId"
            params={{ project: pageName(project), traceId: turn.trace_id }}
            search={{}}
            className={styles.open}
          >
            Open trace
          </Link>
        </>
      )}
    </div>
  );
}

function split(turn: Turn): string {
  const parts = [
    turn.time_to_first_token_ms !== null && `first token after ${duration(turn.time_to_first_token_ms)}`,
    turn.llm_ms > 0 && `model ${duration(turn.llm_ms)}`,
    turn.tool_ms > 0 && `tools ${duration(turn.tool_ms)}`,
  ];
  return parts.filter(Boolean).join(", ");
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
