import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { say } from "../../components/Notice";
import { pageName, sessionPath } from "../../core/address";
import { copyText } from "../../core/clipboard";
import type { TurnActions } from "./TurnView";
import type { Copy } from "./useCopies";

interface Does {
  copy: (form: Copy, turn: number) => void;
  thumb: (turn: number, up: boolean) => void;
  label: (turn: number) => void;
  traceOf: (turn: number) => string | undefined;
}

/** What a turn's buttons do. The object never changes, so that a page of turns is not drawn again with each. */
export function useTurnActions(project: string, id: string, does: Does): TurnActions {
  const latest = useRef(does);
  latest.current = does;
  const navigate = useNavigate();
  return useMemo(() => {
    const link = (turn: number, message?: string) =>
      `${window.location.origin}${sessionPath(project, id, { turn, message })}`;
    return {
      link,
      copyLink: async (turn) => {
        const done = await copyText(link(turn));
        say(done ? `Link to turn ${turn} copied.` : "The browser refused the clipboard.", { failed: !done });
      },
      copy: (form, turn) => latest.current.copy(form, turn),
      thumb: (turn, up) => latest.current.thumb(turn, up),
      label: (turn) => latest.current.label(turn),
      openTrace: (turn) => {
        const traceId = latest.current.traceOf(turn);
        const params = { project: pageName(project), traceId: traceId ?? "" };
        if (traceId) void navigate({ to: "/p/$project/traces/$traceId", params, search: {} });
      },
    };
  }, [project, id, navigate]);
}
