import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { Session } from "../../api/types";
import type { Pair } from "../../core/align";
import { TurnView, Waiting } from "../session/TurnView";
import { useMessages, useTurns } from "../session/useTurns";
import styles from "./ComparePage.module.css";
import { useAligned } from "./useAligned";

interface Props {
  project: string;
  a: Session;
  b: Session;
}

const ESTIMATED_PAIR_PX = 320;

/** Pairs of turns. Only those in sight are loaded and drawn. */
export function ComparedTurns({ project, a, b }: Props) {
  const pairs = useAligned(project, a, b);
  if (!pairs) {
    return (
      <div className={styles.waiting}>
        <Waiting />
      </div>
    );
  }
  return <Pairs project={project} a={a} b={b} pairs={pairs} />;
}

function Pairs({ project, a, b, pairs }: Props & { pairs: Pair[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: pairs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_PAIR_PX,
    paddingEnd: 64,
    overscan: 2,
  });
  const items = virtual.getVirtualItems();
  const shown = items.map((item) => pairs[item.index]!);
  const left = useSide(
    project,
    a.id,
    shown.map((pair) => pair.a),
  );
  const right = useSide(
    project,
    b.id,
    shown.map((pair) => pair.b),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the conversations are scrolled by keyboard
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label="Conversations">
      <div className={styles.pairs} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const pair = pairs[item.index]!;
          return (
            <div
              key={item.key}
              data-index={item.index}
              ref={virtual.measureElement}
              className={styles.pair}
              style={{ top: item.start }}
            >
              <Side project={project} letter="A" turn={pair.a} data={left} />
              <Side project={project} letter="B" turn={pair.b} data={right} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

type Data = ReturnType<typeof useSide>;

function useSide(project: string, id: string, turns: readonly (number | null)[]) {
  const known = turns.filter((turn) => turn !== null);
  const first = Math.min(...known, known.length ? Number.POSITIVE_INFINITY : 1);
  const last = Math.max(...known, 1);
  const turn = useTurns(project, id, first, last);
  const messages = useMessages(project, id, first, last, known.length > 0);
  return { turn, messages };
}

function Side({ project, letter, turn, data }: { project: string; letter: string; turn: number | null; data: Data }) {
  return (
    <div className={styles.side} data-side={letter}>
      {turn === null ? (
        <p className={styles.none}>No such turn in {letter}</p>
      ) : (
        <TurnView
          project={project}
          number={turn}
          before={data.turn(turn - 1)}
          turn={data.turn(turn)}
          messages={data.messages.of(turn)}
        />
      )}
    </div>
  );
}
