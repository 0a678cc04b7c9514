import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import reading from "../../components/Reading.module.css";
import { Broken, State } from "../../components/State";
import { pageName } from "../../core/address";
import { plural } from "../../core/format";
import { usePreference } from "../../core/preferences";
import { Waiting } from "../session/TurnView";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { Author } from "./Author";
import { ReviewBar } from "./ReviewBar";
import { Reviewed } from "./Reviewed";
import { useAhead } from "./useAhead";
import { useQueue } from "./useQueue";
import { useReviewKeys } from "./useReviewKeys";
import { useSeen } from "./useSeen";

const NEXT = 2;

/** Conversations read and labelled one after the other, by keyboard. */
export function ReviewPage() {
  const project = useProject();
  const { q, since, until, seed, at: place } = useSearch({ from: "/p/$project/review" });
  const navigate = useNavigate({ from: "/p/$project/review" });
  const at = Math.max(1, Number.parseInt(place ?? "1", 10) || 1);
  const queue = useQueue(project, { q, since, until }, seed, at);
  const session = queue.sessions[at - 1];
  const ids = queue.sessions.map((each) => each.id);
  const seen = useSeen(project, ids, session?.id);
  useAhead(project, ids.slice(at, at + NEXT));
  useTitle(`Review · ${project}`);
  const last = queue.total ?? queue.sessions.length;
  const go = (to: number) => {
    const next = Math.min(last + 1, Math.max(1, to));
    void navigate({ search: (old) => ({ ...old, at: next > 1 ? String(next) : undefined }), replace: true });
  };
  const back = () =>
    void navigate({ to: "/p/$project/sessions", params: { project: pageName(project) }, search: { q, since, until } });
  const random = () => {
    const fresh = Math.random().toString(36).slice(2, 8);
    void navigate({ search: (old) => ({ ...old, seed: fresh, at: undefined }) });
  };
  useReviewKeys({ next: () => go(at + 1), previous: () => go(at - 1), back });
  const done = at > last && queue.total !== null;
  const [author] = usePreference("author");
  const reviewed = ids.filter((id) => seen.has(id)).length;
  return (
    <>
      <ReviewBar
        project={project}
        session={session}
        at={Math.min(at, last)}
        total={queue.total}
        seenAt={session && seen.get(session.id)}
        query={q}
        random={seed !== undefined}
        go={go}
        back={back}
      />
      {queue.error ? (
        <main id="content">
          <Broken error={queue.error} retry={queue.retry} instead={<Button onClick={back}>Back to the list</Button>} />
        </main>
      ) : queue.total === 0 ? (
        <main id="content">
          <State title="No session to review." actions={<Button onClick={back}>Back to the list</Button>} />
        </main>
      ) : done ? (
        <main id="content">
          <State
            title={`That was the last of ${plural(last, "session")}.`}
            actions={
              <>
                <Button onClick={back}>Back to the list</Button>
                <Button onClick={random}>30 others at random</Button>
              </>
            }
          >
            {author && (
              <p>{reviewed >= last ? "You have seen all of them." : `You have seen ${plural(reviewed, "session")}.`}</p>
            )}
            <Author />
          </State>
        </main>
      ) : session ? (
        <Reviewed project={project} row={session} query={q} />
      ) : (
        <main id="content" className={reading.waiting}>
          <Waiting />
        </main>
      )}
      <Notice />
    </>
  );
}
