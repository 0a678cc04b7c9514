import { useElementSize } from "@mantine/hooks";
import { Minus, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Outline } from "../../api/types";
import { Button } from "../../components/Button";
import { duration, integer } from "../../core/format";
import { axisOf, type Bar, barsOf, placeOf } from "../../core/timeline";
import styles from "./Timeline.module.css";
import { SPAN_ROW_PX, SPAN_ROWS, TimelineSpans } from "./TimelineSpans";

interface Props {
  project: string;
  id: string;
  outline: Outline;
  current: number;
  go: (turn: number) => void;
}

const BARS_PX = 28;
const CROSS_PX = 12;
const ZOOM_MAX = 4096;

/** The whole session on one time axis. Zoomed, it scrolls sideways as any wide thing does. */
export function Timeline({ project, id, outline, current, go }: Props) {
  const { ref: measured, width: room } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const [left, setLeft] = useState(0);
  const [spans, setSpans] = useState(false);
  const width = Math.max(100, room) * zoom;
  const axis = useMemo(() => axisOf(outline, width), [outline, width]);
  const bars = useMemo(() => barsOf(outline, axis, left - room, left + 2 * room), [outline, axis, left, room]);
  const start = outline.start_ms[current - 1] ?? null;
  const place = start === null ? null : placeOf(axis, start);
  // Follows the reading: the turn in view is never out of sight.
  useEffect(() => {
    const element = scroller.current;
    if (!element || place === null || zoom === 1) return;
    const inside = place >= element.scrollLeft && place <= element.scrollLeft + element.clientWidth - 24;
    if (!inside) element.scrollLeft = place - element.clientWidth / 3;
  }, [place, zoom]);
  const zoomTo = (next: number) => {
    const element = scroller.current!;
    const bounded = Math.min(ZOOM_MAX, Math.max(1, next));
    const middle = place ?? element.scrollLeft + element.clientWidth / 2;
    const before = middle - element.scrollLeft;
    setZoom(bounded);
    requestAnimationFrame(() => {
      element.scrollLeft = (middle * bounded) / zoom - before;
    });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "+" || event.key === "=") zoomTo(zoom * 2);
    else if (event.key === "-") zoomTo(zoom / 2);
    else if (event.key === "0") zoomTo(1);
    else return;
    event.preventDefault();
  };
  const height = BARS_PX + CROSS_PX + (spans ? SPAN_ROWS * SPAN_ROW_PX + 4 : 0);
  const pick = (clientX: number) => {
    const x = clientX - scroller.current!.querySelector("svg")!.getBoundingClientRect().left;
    const nearest = nearestTo(bars, x);
    if (nearest) go(nearest.first);
  };
  return (
    <section className={styles.timeline} aria-label="Timeline">
      <div className={styles.tools}>
        <span className={styles.words}>{words(outline, axis.gaps.length)}</span>
        <Button inline look="quiet" aria-pressed={spans} onClick={() => setSpans(!spans)}>
          {spans ? "Hide spans" : "Spans"}
        </Button>
        <Button inline look="quiet" aria-label="Zoom out" disabled={zoom <= 1} onClick={() => zoomTo(zoom / 2)}>
          <Minus size={14} aria-hidden />
        </Button>
        <Button inline look="quiet" aria-label="Zoom in" disabled={zoom >= ZOOM_MAX} onClick={() => zoomTo(zoom * 2)}>
          <Plus size={14} aria-hidden />
        </Button>
      </div>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a zoomed timeline is scrolled and zoomed by keyboard */}
      <div
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        role="group"
        aria-label="Time axis: plus and minus zoom, arrows move"
        onKeyDown={keys}
        onScroll={(event) => setLeft(event.currentTarget.scrollLeft)}
      >
        {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
        <div ref={measured} />
        <svg
          className={styles.drawing}
          width={width}
          height={height}
          aria-hidden
          onClick={(event) => pick(event.clientX)}
        >
          <defs>
            <pattern id="timeline-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line x1="0" y1="0" x2="0" y2="6" className={styles.hatch} />
            </pattern>
          </defs>
          {axis.gaps
            .filter((gap) => gap.to >= left - room && gap.from <= left + 2 * room)
            .map((gap) => (
              <rect
                key={gap.beforeTurn}
                fill="url(#timeline-gap)"
                x={gap.from}
                y={CROSS_PX}
                width={gap.to - gap.from}
                height={BARS_PX}
              >
                <title>{duration(gap.idleMs)} idle</title>
              </rect>
            ))}
          {bars.map((bar) => (
            <TurnBar key={bar.first} bar={bar} current={current >= bar.first && current <= bar.last} />
          ))}
          {spans && (
            <TimelineSpans
              project={project}
              id={id}
              outline={outline}
              axis={axis}
              top={CROSS_PX + BARS_PX + 4}
              bars={bars.filter((bar) => bar.x + bar.width >= left && bar.x <= left + room)}
            />
          )}
        </svg>
      </div>
    </section>
  );
}

function TurnBar({ bar, current }: { bar: Bar; current: boolean }) {
  const tone = current ? styles.current : bar.failed ? styles.failed : "";
  const name = bar.first === bar.last ? `Turn ${bar.first}` : `Turns ${bar.first} to ${bar.last}`;
  return (
    <>
      <rect className={`${styles.bar} ${tone}`} x={bar.x} y={CROSS_PX + 4} width={bar.width} height={BARS_PX - 8}>
        <title>{bar.failed ? `${name}, error` : name}</title>
      </rect>
      {bar.failed && (
        <text className={styles.cross} x={bar.x + Math.min(bar.width, 12) / 2} y={CROSS_PX}>
          ✕
        </text>
      )}
    </>
  );
}

function nearestTo(bars: readonly Bar[], x: number): Bar | undefined {
  const distance = (bar: Bar) => (x < bar.x ? bar.x - x : Math.max(0, x - bar.x - bar.width));
  return bars.reduce<Bar | undefined>((best, bar) => (best && distance(best) <= distance(bar) ? best : bar), undefined);
}

function words(outline: Outline, gaps: number): string {
  const turns = `${integer(outline.turn_count)} turns`;
  return gaps > 0 ? `${turns}, ${integer(gaps)} ${gaps === 1 ? "pause" : "pauses"} of 5 min or more shortened` : turns;
}
