import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { outlineQuery, sessionQuery } from "../../api/queries";
import { blockOf, TURNS_A_BLOCK, turnsBlock } from "../../api/sessionBlocks";
import styles from "../../components/Reading.module.css";
import { pageName, parseSearch } from "../../core/address";
import { withoutTicks } from "../../core/code";
import { THUMBS } from "../../core/labels";
import { useTitle } from "../shell/useTitle";
import { Conversation } from "./Conversation";
import { FactsPanel } from "./FactsPanel";
import { IndexPanel } from "./IndexPanel";
import { SessionDialogs } from "./SessionDialogs";
import { SessionHeader } from "./SessionHeader";
import type { TranscriptHandle } from "./Transcript";
import { failureOf, Unshown } from "./Unshown";
import { useCopies } from "./useCopies";
import { useFind } from "./useFind";
import { useLabels } from "./useLabels";
import type { Landing } from "./useLanding";
import { useLiveSession } from "./useLiveSession";
import { useSessionKeys } from "./useSessionKeys";
import { startOf, useStart, within } from "./useStart";
import { useTurnActions } from "./useTurnActions";
import { knownTurn, turnOf } from "./useTurns";
import { useView } from "./useView";
import { useWalk } from "./useWalk";

export function OneSession({ project, id }: { project: string; id: string }) {
  const search = useSearch({ from: "/p/$project/sessions/$id" });
  const navigate = useNavigate({ from: "/p/$project/sessions/$id" });
  const router = useRouter();
  const client = useQueryClient();
  const session = useQuery(sessionQuery(project, id));
  const outline = useQuery(outlineQuery(project, id));
  const view = useView();
  const transcript = useRef<TranscriptHandle>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const findField = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState(0);
  const count = session.data?.turn_count ?? outline.data?.turn_count;
  const start = startOf(search, count, outline.data);
  const current = read || (start ?? Math.max(1, Number.parseInt(search.turn ?? "", 10) || 1));
  const [findOpen, setFindOpen] = useState(Boolean(search.q));
  const inView = useQuery({ ...turnsBlock(project, id, blockOf(current, TURNS_A_BLOCK)), select: turnOf(current) });
  const finding = useFind(project, id, search.q ?? "");
  const walking = useWalk(project, id);
  const labels = useLabels(project, session.data, inView.data);
  const copy = useCopies(project, id, session.data);
  useTitle(withoutTicks(session.data?.first_input ?? "") || session.data?.session_id || "");
  useLiveSession(project, id);

  const reading = useCallback(
    (turn: number) => {
      // Scrolling may come to rest when another page is already on its way.
      if (!router.latestLocation.pathname.endsWith(`/sessions/${encodeURIComponent(id)}`)) return;
      setRead(turn);
      const shown = turn > 1 ? String(turn) : undefined;
      void navigate({
        search: (old) => ({ ...old, turn: shown, message: undefined, at: undefined }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate, router, id],
  );
  useStart(search, count ?? 0, start, reading);
  const go = (turn: number, landing?: Landing) => {
    const target = within(turn, count ?? turn);
    view.setDrawer("");
    transcript.current?.goTo(target, landing);
    reading(target);
  };
  const error = async (step: 1 | -1) => {
    // The words come before the outline: it may still be on its way.
    const known = outline.data ?? (await client.ensureQueryData(outlineQuery(project, id)).catch(() => null));
    const status = known?.status ?? [];
    for (let turn = current + step; turn >= 1 && turn <= status.length; turn += step) {
      if (status[turn - 1] === 2) return go(turn);
    }
  };
  const inputsOnly = search.show === "io";
  const toggle = () =>
    void navigate({ search: (old) => ({ ...old, show: inputsOnly ? undefined : "io" }), replace: true });
  const toList = () => {
    const walk = walking.place?.walk;
    void navigate({
      to: "/p/$project/sessions",
      params: { project: pageName(project) },
      search: walk ? parseSearch(walk.search) : {},
    });
  };
  const back = () => (router.history.canGoBack() ? router.history.back() : toList());
  const searchFor = (q: string) => void navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: true });
  const find = () => {
    flushSync(() => setFindOpen(true));
    findField.current?.select();
  };
  const closeFind = () => {
    setFindOpen(false);
    searchFor("");
  };
  const focusNote = () => {
    if (view.wide) return note.current?.focus();
    view.setDrawer("facts");
    setTimeout(() => note.current?.focus(), 50);
  };
  const actions = useTurnActions(project, id, {
    copy: (form, turn) => void copy(form, turn),
    traceOf: (turn) => knownTurn(client, project, id, turn)?.trace_id,
    thumb: (number, up) => {
      const turn = knownTurn(client, project, id, number);
      if (turn) labels.putOn(turn, THUMBS, { label: up ? "up" : "down", score: up ? 1 : 0 });
    },
    label: (turn) => {
      go(turn);
      labels.setScope("turn");
      if (!view.wide) view.setDrawer("facts");
    },
  });
  const copyLink = () => actions.copyLink(current);
  useSessionKeys(
    {
      turn: (by) => go(current + by),
      session: walking.step,
      error,
      toggle,
      timeline: view.toggleTimeline,
      openTrace: () => actions.openTrace(current),
      copyLink,
      note: focusNote,
      find,
      back: findOpen ? closeFind : back,
    },
    labels,
  );

  const ready = labels.ready && !inView.isPending;
  const failure = failureOf(session, outline);
  if (failure) {
    const retry = () => void Promise.all([session.refetch(), outline.refetch()]);
    return <Unshown kind="session" project={project} id={id} error={failure} retry={retry} />;
  }
  const does = { compare: () => view.setDialog("compare"), remove: () => view.setDialog("delete") };
  return (
    <>
      <SessionHeader
        project={project}
        id={id}
        session={session.data}
        turn={current}
        walking={walking}
        inputsOnly={inputsOnly}
        timeline={view.timeline}
        actions={{ ...does, copyLink, toggle, timeline: view.toggleTimeline, find }}
        openIndex={view.middle ? undefined : () => view.setDrawer("index")}
        openFacts={view.wide ? undefined : () => view.setDrawer("facts")}
      />
      <div className={styles.below}>
        <IndexPanel {...{ project, id, view, current, go }} outline={outline.data} hits={finding.hits} />
        <Conversation
          {...{ project, id, current, go, reading, actions, inputsOnly, finding, findField, searchFor, closeFind }}
          session={session.data}
          outline={outline.data}
          count={start && count}
          timeline={view.timeline}
          findOpen={findOpen}
          message={search.message}
          handle={transcript}
        />
        <FactsPanel
          {...{ project, view, labels, note, current }}
          session={session.data}
          turn={inView.data}
          ready={ready}
        />
      </div>
      <SessionDialogs {...{ project, id, view, labels }} session={session.data} gone={toList} />
    </>
  );
}
