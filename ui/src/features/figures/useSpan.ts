import { type KeyboardEvent, type PointerEvent, useState } from "react";

export interface Span {
  /** The step that the keys are at. */
  at: number;
  /** Selected, first to last. */
  first: number;
  last: number;
  selecting: boolean;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    onBlur: () => void;
  };
}

interface State {
  anchor: number;
  at: number;
  selecting: boolean;
  dragging: boolean;
}

/** A stretch of steps, by drag, or by the arrows with Shift and then Enter. */
export function useSpan(count: number, apply: (first: number, last: number) => void): Span {
  const none: State = { anchor: count - 1, at: count - 1, selecting: false, dragging: false };
  const [state, setState] = useState<State | null>(null);
  const { anchor, at, selecting, dragging } = state ?? none;
  const within = (index: number) => Math.max(0, Math.min(count - 1, index));
  const under = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return within(Math.floor(((event.clientX - box.left) / box.width) * count));
  };
  const first = Math.min(anchor, at);
  const last = Math.max(anchor, at);
  const step = (to: number, shift: boolean) =>
    setState({ anchor: shift ? anchor : within(to), at: within(to), selecting: shift, dragging: false });
  const keys: Record<string, (shift: boolean) => void> = {
    ArrowLeft: (shift) => step(at - 1, shift),
    ArrowRight: (shift) => step(at + 1, shift),
    Home: (shift) => step(0, shift),
    End: (shift) => step(count - 1, shift),
    Enter: () => apply(first, last),
  };
  return {
    ...{ at, first, last, selecting },
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setState({ anchor: under(event), at: under(event), selecting: false, dragging: true });
      },
      onPointerMove: (event) => {
        if (dragging) setState({ anchor, at: under(event), selecting: true, dragging: true });
        else if (!selecting) setState({ anchor: under(event), at: under(event), selecting: false, dragging: false });
      },
      onPointerUp: () => {
        if (dragging && selecting && first !== last) apply(first, last);
        setState(null);
      },
      onPointerCancel: () => setState(null),
      onKeyDown: (event) => {
        if (event.key === "Escape" && selecting) {
          event.preventDefault();
          setState(null);
          return;
        }
        const act = keys[event.key];
        if (!act || event.altKey || event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        act(event.shiftKey);
      },
      onBlur: () => setState(null),
    },
  };
}
