import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { ofProject } from "../../api/client";
import { useEvents } from "../../api/live";
import { outlineQuery, sessionQuery } from "../../api/queries";
import type { LiveEvent, Outline } from "../../api/types";
import { SidePanel } from "../../components/SidePanel";
import { Broken } from "../../components/State";
import { pageName } from "../../core/address";
import { copyText } from "../../core/clipboard";
import { useKeys } from "../shell/keys";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { SessionFacts } from "./SessionFacts";
import { SessionHeader } from "./SessionHeader";
import styles from "./SessionPage.module.css";
import { Transcript, type TranscriptHandle } from "./Transcript";
import { TurnIndex } from "./TurnIndex";
import { Waiting } from "./TurnView";

const EMPTY: Outline = { origin: null, turn_count: 0, start_ms: [], latency_ms: [], status: [], annotated: [] };

/** One conversation, as it was had. */
export function SessionPage() {
  const project = useProject();
  const { id } = useParams({ from: "/p/$project/sessions/$id" });
  const search = useSearch({ from: "/p/$project/sessions/$id" });
  const navigate = useNavigate({ from: "/p/$project/sessions/$id" });
  const router = useRouter();
  const client = useQueryClient();
  const session = useQuery(sessionQuery(project, id));
  const outline = useQuery(outlineQuery(project, id));
  const wide = useMediaQuery("(min-width: 1200px)", undefined, { getInitialValueInEffect: false }) ?? true;
  const middle = useMediaQuery("(min-width: 768px)", undefined, { getInitialValueInEffect: false }) ?? true;
  const [drawer, setDrawer] = useState<"" | "index" | "facts">("");
  const transcript = useRef<TranscriptHandle>(null);
  const columns = outline.data ?? EMPTY;
  const [first] = useState(() => Math.max(1, Number.parseInt(search.turn ?? "1", 10) || 1));
  const [current, setCurrent] = useState(first);
  useTitle(session.data?.first_input ?? session.data?.session_id ?? "");

  useEvents<LiveEvent>(ofProject(project, "events"), (event) => {
    if (event.type !== "reset" && event.id !== id) return;
    for (const kind of ["session", "outline", "turns", "transcript"]) {
      void client.invalidateQueries({ queryKey: [kind, project, id] });
    }
  });

  const reading = useCallback(
    (turn: number) => {
      setCurrent(turn);
      const shown = turn > 1 ? String(turn) : undefined;
      void navigate({ search: (old) => ({ ...old, turn: shown }), replace: true, resetScroll: false });
    },
    [navigate],
  );
  const go = (turn: number) => {
    const target = Math.min(columns.turn_count, Math.max(1, turn));
    setDrawer("");
    transcript.current?.goTo(target);
    reading(target);
  };
  const error = (step: number) => {
    for (let turn = current + step; turn >= 1 && turn <= columns.turn_count; turn += step) {
      if (columns.status[turn - 1] === 2) return go(turn);
    }
  };
  const inputsOnly = search.show === "io";
  const toggle = () =>
    void navigate({ search: (old) => ({ ...old, show: inputsOnly ? undefined : "io" }), replace: true });
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: "/p/$project/sessions", params: { project: pageName(project) }, search: {} });
  };
  useKeys({
    j: () => go(current + 1),
    k: () => go(current - 1),
    "[": () => error(-1),
    "]": () => error(1),
    m: toggle,
    o: () => transcript.current?.openTrace(current),
    c: () => void copyText(window.location.href),
    Escape: back,
  });

  const failure = session.error ?? outline.error;
  if (failure) return <Broken error={failure} retry={() => void Promise.all([session.refetch(), outline.refetch()])} />;
  return (
    <>
      <SessionHeader
        project={project}
        session={session.data}
        inputsOnly={inputsOnly}
        toggle={toggle}
        openIndex={middle ? undefined : () => setDrawer("index")}
        openFacts={wide ? undefined : () => setDrawer("facts")}
      />
      <div className={styles.below}>
        <SidePanel
          label="Turns"
          side="start"
          docked={middle}
          open={drawer === "index"}
          close={() => setDrawer("")}
          width={248}
        >
          <TurnIndex project={project} id={id} outline={columns} current={current} go={go} />
        </SidePanel>
        <main id="content" className={styles.main}>
          <h1 className="unseen">{session.data?.first_input ?? "Session"}</h1>
          {outline.data ? (
            <Transcript
              key={inputsOnly ? "io" : "messages"}
              project={project}
              id={id}
              outline={columns}
              first={current}
              message={search.message}
              inputsOnly={inputsOnly}
              find={search.q}
              reading={reading}
              handle={transcript}
            />
          ) : (
            <div className={styles.waiting}>
              <Waiting />
            </div>
          )}
        </main>
        <SidePanel
          label="Session"
          side="end"
          docked={wide}
          open={drawer === "facts"}
          close={() => setDrawer("")}
          width={304}
        >
          {session.data && <SessionFacts session={session.data} titled={wide} />}
        </SidePanel>
      </div>
    </>
  );
}
