import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Outline } from "../../api/types";
import { Broken } from "../../components/State";
import { NewTurns } from "./NewTurns";
import styles from "./Transcript.module.css";
import { type TurnActions, TurnView, Waiting } from "./TurnView";
import { type Landing, useLanding } from "./useLanding";
import { useMarkdown } from "./useMarkdown";
import { useReading } from "./useReading";
import { useSteadyRange } from "./useSteadyRange";
import { useMessages, useTurns } from "./useTurns";

export interface TranscriptHandle {
  goTo: (turn: number, landing?: Landing) => void;
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
  actions: TurnActions;
  handle: Ref<TranscriptHandle>;
}

export const ESTIMATED_TURN_PX = 260;

/** The conversation. Only turns in sight are loaded and drawn; what loads later moves nothing that is read. */
export const Transcript = memo(function Transcript(props: Props) {
  const { project, id, outline, inputsOnly } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const start = useRef(Math.min(Math.max(1, props.first), Math.max(1, outline.turn_count)) - 1);
  const drawn = useRef(new Set<number>());
  const begun = useRef(false);
  const markdown = useMarkdown();
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
  const [from, to] = useSteadyRange(firstTurn, lastTurn);
  const turn = useTurns(project, id, from, to);
  const messages = useMessages(project, id, from, to, !inputsOnly);
  ready.current = (index) => (inputsOnly ? Boolean(turn(index + 1)) : messages.of(index + 1) !== undefined);
  // Nothing is drawn at a guessed height before the first turns are here: they would all move.
  begun.current ||= markdown && items.length > 0 && Boolean(turn(start.current + 1)) && ready.current(start.current);

  // Opened in its midst, the turns are measured unseen: those above push what is read down.
  const [seen, setSeen] = useState(start.current === 0);
  const drawing = begun.current;
  useEffect(() => {
    if (!drawing) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setSeen(true));
    });
    return () => cancelAnimationFrame(frame);
  }, [drawing]);

  const total = virtual.getTotalSize();
  const landing = useLanding(scroller, virtual, start.current, props.message);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new measurement may have moved what is held
  useEffect(() => landing.hold(), [total, firstTurn, lastTurn, messages.of(firstTurn)]);
  useReading(scroller, virtual, landing.held, props.reading);
  useImperativeHandle(props.handle, () => ({ goTo: (target, on) => landing.land(target - 1, on) }));

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the conversation is scrolled by keyboard */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label="Conversation">
        {messages.error ? <Broken error={messages.error} retry={messages.retry} /> : null}
        <div className={styles.column} style={{ height: total }}>
          {!begun.current && !messages.error && (
            <div className={styles.turn} style={{ top: start.current * ESTIMATED_TURN_PX }}>
              <Waiting />
            </div>
          )}
          {(begun.current ? items : []).map((item) => (
            <div
              key={item.key}
              data-index={item.index}
              ref={virtual.measureElement}
              className={styles.turn}
              style={{ top: item.start, visibility: seen ? undefined : "hidden" }}
            >
              <TurnView
                project={project}
                number={item.index + 1}
                before={turn(item.index)}
                turn={turn(item.index + 1)}
                messages={inputsOnly ? null : messages.of(item.index + 1)}
                find={props.find}
                actions={props.actions}
              />
            </div>
          ))}
        </div>
      </div>
      <NewTurns count={outline.turn_count} last={lastTurn} go={(target) => landing.land(target - 1)} />
    </div>
  );
});
