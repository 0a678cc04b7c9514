import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { outlineQuery, sessionQuery } from "../../api/queries";
import type { Session } from "../../api/types";
import reading from "../../components/Reading.module.css";
import { Broken } from "../../components/State";
import { AuthorDialog } from "../session/AuthorDialog";
import { LabelPanel } from "../session/LabelPanel";
import { Transcript } from "../session/Transcript";
import { Waiting } from "../session/TurnView";
import { useLabels } from "../session/useLabels";
import { startOf } from "../session/useStart";
import { useTurnActions } from "../session/useTurnActions";
import { knownTurn, useTurns } from "../session/useTurns";
import { whereFound } from "../sessions/found";
import { typed, useKeys } from "../shell/keys";
import { Author } from "./Author";
import styles from "./ReviewPage.module.css";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** The session at hand as it was had, and what one says of it. Labels are on the session unless one chooses its turn. */
export function Reviewed({ project, row, query }: { project: string; row: Session; query: string | undefined }) {
  const client = useQueryClient();
  const session = useQuery(sessionQuery(project, row.id));
  const outline = useQuery(outlineQuery(project, row.id));
  const found = whereFound(row, query);
  const start = startOf(found, outline.data?.turn_count, outline.data) ?? 1;
  const [place, setPlace] = useState({ id: "", turn: start });
  const turn = place.id === row.id ? place.turn : start;
  const inView = useTurns(project, row.id, turn, turn)(turn);
  const labels = useLabels(project, session.data ?? row, inView);
  const note = useRef<HTMLTextAreaElement>(null);
  const wide = useMediaQuery("(min-width: 1024px)", undefined, { getInitialValueInEffect: false }) ?? true;
  const actions = useTurnActions(project, row.id, {
    copy: () => undefined,
    traceOf: (number) => knownTurn(client, project, row.id, number)?.trace_id,
    thumb: (number, up) => {
      const said = knownTurn(client, project, row.id, number);
      if (said) labels.putOn(said, "thumbs", { label: up ? "up" : "down", score: up ? 1 : 0 });
    },
    label: (number) => {
      setPlace({ id: row.id, turn: number });
      labels.setScope("turn");
    },
  });
  // One reviews sessions: whatever was labelled last elsewhere.
  const { setScope } = labels;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the review begins
  useEffect(() => setScope("session"), []);
  const undo = () => {
    labels.undo();
    void client.invalidateQueries({ queryKey: ["session", project] });
  };
  const put = (digit: string) => {
    const choice = labels.choices.find((each) => each.key === digit);
    if (choice) labels.put(choice.name, { label: choice.label });
  };
  useKeys({
    ...Object.fromEntries(DIGITS.map((digit) => [digit, typed(() => put(digit))])),
    u: undo,
    n: typed(() => note.current?.focus()),
  });
  const failure = session.error ?? outline.error;
  return (
    <div className={`${reading.below} ${styles.stacked}`}>
      <main id="content" className={reading.main}>
        {failure ? (
          <Broken error={failure} retry={() => void Promise.all([session.refetch(), outline.refetch()])} />
        ) : outline.data ? (
          <Transcript
            key={row.id}
            project={project}
            id={row.id}
            count={outline.data.turn_count}
            first={start}
            message={undefined}
            inputsOnly={false}
            find={found.q}
            reading={(number) => setPlace({ id: row.id, turn: number })}
            actions={actions}
            handle={null}
          />
        ) : (
          <div className={reading.waiting}>
            <Waiting />
          </div>
        )}
      </main>
      <aside className={styles.labels} aria-label="What you say of it" data-wide={wide || undefined}>
        <Author />
        <LabelPanel key={row.id} project={project} labels={labels} turn={turn} note={note} />
        <p className={styles.keys}>
          <kbd>1</kbd>–<kbd>9</kbd> label · <kbd>n</kbd> note · <kbd>u</kbd> undo · <kbd>j</kbd> or <kbd>Space</kbd>{" "}
          next · <kbd>k</kbd> previous
        </p>
      </aside>
      {labels.asking && <AuthorDialog answer={labels.asking} cancel={labels.cancel} />}
    </div>
  );
}
