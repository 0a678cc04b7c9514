import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type Ref, useImperativeHandle, useLayoutEffect, useRef } from "react";
import type { Message } from "../../api/types";
import { Broken } from "../../components/State";
import { NewTurns } from "./NewTurns";
import styles from "./Transcript.module.css";
import { type TurnActions, TurnView, Waiting } from "./TurnView";
import { type Landing, useLanding } from "./useLanding";
import { useOpening } from "./useOpening";
import { useParts } from "./useParts";
import { useReading } from "./useReading";
import { useSteadyRange } from "./useSteadyRange";
import { useMessages, useTurns } from "./useTurns";

export interface TranscriptHandle {
  goTo: (turn: number, landing?: Landing) => void;
}

interface Props {
  project: string;
  id: string;
  /** How many turns there are. */
  count: number;
  /** The turn that an address names: it is loaded and shown first. */
  first: number;
  message: string | undefined;
  inputsOnly: boolean;
  find: string | undefined;
  reading: (turn: number) => void;
  actions: TurnActions;
  handle: Ref<TranscriptHandle>;
}

const ESTIMATED_TURN_PX = 260;
const NONE: Message[] = [];

/** The conversation. Only turns in sight are loaded and drawn; what loads later moves nothing that is read. */
export const Transcript = memo(function Transcript(props: Props) {
  const { project, id, count, inputsOnly } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const start = useRef(Math.min(Math.max(1, props.first), Math.max(1, count)) - 1);
  const drawn = useRef(new Set<number>());
  const drawable = useParts();
  const ready = useRef<(index: number) => boolean>(() => false);

  const virtual = useVirtualizer({
    count,
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
  const [from, to] = useSteadyRange(firstTurn, lastTurn);
  const turn = useTurns(project, id, from, to);
  const messages = useMessages(project, id, from, to, !inputsOnly);
  const said = (index: number) => (inputsOnly ? NONE : messages.of(index + 1));
  ready.current = (index) => {
    const all = said(index);
    return all !== undefined && turn(index + 1) !== undefined && drawable(all);
  };
  const shown = useOpening(items, start.current, ready.current);

  // A turn that is filled is measured before it is seen: those below would overlap it for one frame.
  useLayoutEffect(() => {
    for (const { index, key } of shown) {
      if (drawn.current.has(index) || !ready.current(index)) continue;
      const element = virtual.elementsCache.get(key) as HTMLElement | undefined;
      if (element) virtual.resizeItem(index, element.offsetHeight);
      drawn.current.add(index);
    }
  });

  const total = virtual.getTotalSize();
  const landing = useLanding(scroller, virtual, start.current, props.message);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new measurement may have moved what is held
  useLayoutEffect(() => landing.hold(), [total, firstTurn, lastTurn, messages.of(firstTurn)]);
  useReading(scroller, virtual, landing.held, props.reading);
  useImperativeHandle(props.handle, () => ({ goTo: (target, on) => landing.land(target - 1, on) }));

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the conversation is scrolled by keyboard */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label="Conversation">
        {messages.error ? <Broken error={messages.error} retry={messages.retry} /> : null}
        <div className={styles.column} style={{ height: total }}>
          {shown.length === 0 && !messages.error && (
            <div className={styles.turn} style={{ top: start.current * ESTIMATED_TURN_PX }}>
              <Waiting />
            </div>
          )}
          {shown.map((item) => (
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
                messages={inputsOnly ? null : ready.current(item.index) ? said(item.index) : undefined}
                find={props.find}
                actions={props.actions}
              />
            </div>
          ))}
        </div>
      </div>
      <NewTurns count={count} last={lastTurn} go={(target) => landing.land(target - 1)} />
    </div>
  );
});
