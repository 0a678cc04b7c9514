import { Link } from "@tanstack/react-router";
import { MoreHorizontal, Tag, ThumbsDown, ThumbsUp } from "lucide-react";
import { memo } from "react";
import type { Turn } from "../../api/types";
import { ActionMenu } from "../../components/ActionMenu";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { pageName } from "../../core/address";
import { duration, integer, money, plural } from "../../core/format";
import { annotationWords, NOTE, THUMBS } from "../../core/labels";
import { clock, dayAndClock, exact } from "../../core/time";
import styles from "./TurnHeading.module.css";
import type { TurnActions } from "./TurnView";
import { COPIES } from "./useCopies";

interface Props {
  project: string;
  number: number;
  turn: Turn | undefined;
  newDay: boolean;
  actions: TurnActions | undefined;
}

/** Sticks while its turn is read. Its actions appear on hover and focus, and are always in ⋯. */
export const TurnHeading = memo(function TurnHeading({ project, number, turn, newDay, actions }: Props) {
  return (
    <div className={styles.heading}>
      <h2 className={styles.name}>Turn {integer(number)}</h2>
      {turn && (
        <>
          <span className={styles.facts}>
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
            <Said turn={turn} />
          </span>
          <span className={styles.end}>
            {actions && <AtHand number={number} actions={actions} />}
            <Link
              to="/p/$project/traces/$traceId"
              params={{ project: pageName(project), traceId: turn.trace_id }}
              search={{}}
              className={styles.open}
            >
              Open trace
            </Link>
            {actions && <More number={number} actions={actions} />}
          </span>
        </>
      )}
    </div>
  );
});

function AtHand({ number, actions }: { number: number; actions: TurnActions }) {
  return (
    <span className={styles.actions}>
      <Button inline look="quiet" aria-label={`Thumbs up, turn ${number}`} onClick={() => actions.thumb(number, true)}>
        <ThumbsUp size={14} aria-hidden />
      </Button>
      <Button
        inline
        look="quiet"
        aria-label={`Thumbs down, turn ${number}`}
        onClick={() => actions.thumb(number, false)}
      >
        <ThumbsDown size={14} aria-hidden />
      </Button>
      <CopyButton text={() => actions.link(number)} label={`Copy a link to turn ${integer(number)}`} />
    </span>
  );
}

function More({ number, actions }: { number: number; actions: TurnActions }) {
  return (
    <ActionMenu
      inline
      label={`Actions on turn ${number}`}
      shown={<MoreHorizontal size={16} aria-hidden />}
      groups={[
        {
          title: "Copy as",
          actions: COPIES.map(([id, label]) => ({ id, label, run: () => actions.copy(id, number) })),
        },
        {
          title: "Turn",
          actions: [
            { id: "link", label: "Copy link", detail: "c", run: () => actions.copyLink(number) },
            { id: "up", label: "Thumbs up", run: () => actions.thumb(number, true) },
            { id: "down", label: "Thumbs down", run: () => actions.thumb(number, false) },
            { id: "label", label: "Label this turn", run: () => actions.label(number) },
            { id: "trace", label: "Open trace", detail: "o", run: () => actions.openTrace(number) },
          ],
        },
      ]}
    />
  );
}

/** What people said of the turn, where it is read. */
function Said({ turn }: { turn: Turn }) {
  if (turn.annotations.length === 0) return null;
  const words = turn.annotations.map((each) =>
    each.name === NOTE ? "note" : each.name === THUMBS ? (each.label === "down" ? "👎" : "👍") : annotationWords(each),
  );
  const title = turn.annotations.map((each) => [each.author, each.explanation].filter(Boolean).join(": ")).join("\n");
  return (
    <span className={styles.said} title={title}>
      <Tag size={12} aria-hidden />
      {[...new Set(words)].join(", ")}
    </span>
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
