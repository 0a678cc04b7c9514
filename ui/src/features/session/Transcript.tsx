import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { Outline } from "../../api/types";
import { Broken } from "../../components/State";
import { pageName } from "../../core/address";
import styles from "./Transcript.module.css";
import { TurnView } from "./TurnView";
import { useMessages, useTurns } from "./useTurns";

export interface TranscriptHandle {
  goTo: (turn: number) => void;
  openTrace: (turn: number) => void;
}

interface Props {
  project: string;
  id: string;
  outline: Outline;
  /** The turn that an address names: it is loaded and shown first. */
  first: number;
  message: string | undefined;
  inputsOnly: boolean;
  find: string | undefined;
  reading: (turn: number) => void;
  handle: Ref<TranscriptHandle>;
}

export const ESTIMATED_TURN_PX = 260;
const REST_MS = 150;

/** The conversation. Only turns in sight are loaded and drawn; what loads later moves nothing that is read. */
export const Transcript = memo(function Transcript(props: Props) {
  const { project, id, outline, inputsOnly, reading } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const start = useRef(Math.min(Math.max(1, props.first), Math.max(1, outline.turn_count)) - 1);
  // Held at the top of the view until the reader moves by hand.
  const pinned = useRef<number | null>(start.current || null);
  const drawn = useRef(new Set<number>());
  const ready = useRef<(index: number) => boolean>(() => false);

  const virtual = useVirtualizer({
    count: outline.turn_count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_TURN_PX,
    initialOffset: start.current * ESTIMATED_TURN_PX,
    paddingEnd: 64,
    overscan: 2,
  });
  virtual.shouldAdjustScrollPositionOnItemSizeChange = (item, _delta, instance) => {
    const offset = instance.scrollOffset ?? 0;
    const filled = ready.current(item.index) && !drawn.current.has(item.index);
    if (filled) drawn.current.add(item.index);
    if (item.end <= offset) return true;
    // A placeholder that reaches into the view fills upwards; a message that is unfolded grows downwards.
    return item.start < offset && filled;
  };
  const items = virtual.getVirtualItems();
  const firstTurn = (items[0]?.index ?? start.current) + 1;
  const lastTurn = (items.at(-1)?.index ?? start.current) + 1;
  const turn = useTurns(project, id, firstTurn, lastTurn);
  const messages = useMessages(project, id, firstTurn, lastTurn, !inputsOnly);
  ready.current = (index) => (inputsOnly ? Boolean(turn(index + 1)) : messages.of(index + 1) !== undefined);

  const total = virtual.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new measurement may have moved the pinned turn
  useEffect(() => {
    if (pinned.current !== null) virtual.scrollToIndex(pinned.current, { align: "start" });
  }, [total, firstTurn, lastTurn]);

  const navigate = useNavigate();
  useImperativeHandle(props.handle, () => ({
    goTo: (target) => {
      pinned.current = target - 1;
      virtual.scrollToIndex(target - 1, { align: "start" });
    },
    openTrace: (target) => {
      const trace = turn(target)?.trace_id;
      const params = { project: pageName(project), traceId: trace ?? "" };
      if (trace) void navigate({ to: "/p/$project/traces/$traceId", params, search: {} });
    },
  }));

  useEffect(() => {
    const element = scroller.current!;
    let timer = 0;
    const settle = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (pinned.current !== null) return;
        const offset = virtual.scrollOffset ?? 0;
        const seen = virtual.getVirtualItems().find((item) => item.end > offset + 48);
        const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 8 && element.scrollTop > 0;
        if (seen) reading(atEnd ? Math.max(seen.index + 1, lastStarting(virtual, offset)) : seen.index + 1);
      }, REST_MS);
    };
    const release = () => {
      pinned.current = null;
    };
    element.addEventListener("scroll", settle, { passive: true });
    for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      element.addEventListener(name, release, { passive: true });
    }
    return () => {
      clearTimeout(timer);
      element.removeEventListener("scroll", settle);
      for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) element.removeEventListener(name, release);
    };
  }, [reading, virtual]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the conversation is scrolled by keyboard
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label="Conversation">
      {messages.error ? <Broken error={messages.error} retry={messages.retry} /> : null}
      <div className={styles.column} style={{ height: total }}>
        {items.map((item) => (
          <div
            key={item.key}
            data-index={item.index}
            ref={virtual.measureElement}
            className={styles.turn}
            style={{ top: item.start }}
          >
            <TurnView
              project={project}
              number={item.index + 1}
              before={turn(item.index)}
              turn={turn(item.index + 1)}
              messages={inputsOnly ? null : messages.of(item.index + 1)}
              find={props.find}
              message={item.index === start.current ? props.message : undefined}
            />
          </div>
        ))}
      </div>
    </div>
  );
});

/** At the very end the last turns cannot reach the top: the one that starts in the upper half is being read. */
function lastStarting(virtual: { getVirtualItems: () => { start: number; index: number }[] }, offset: number): number {
  return virtual.getVirtualItems().reduce((last, item) => (item.start <= offset + 300 ? item.index + 1 : last), 1);
}
