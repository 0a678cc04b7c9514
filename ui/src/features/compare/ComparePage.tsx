import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { sessionQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Broken, State } from "../../components/State";
import { pageName } from "../../core/address";
import { Brand } from "../shell/Brand";
import { Corner } from "../shell/Corner";
import { useKeys } from "../shell/keys";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { ComparedFigures } from "./ComparedFigures";
import { ComparedTurns } from "./ComparedTurns";
import styles from "./ComparePage.module.css";

/** Two conversations beside each other, turn by turn. */
export function ComparePage() {
  const project = useProject();
  const search = useSearch({ from: "/p/$project/compare" });
  const navigate = useNavigate({ from: "/p/$project/compare" });
  const router = useRouter();
  const { a = "", b = "" } = search;
  const first = useQuery({ ...sessionQuery(project, a), enabled: a !== "" });
  const second = useQuery({ ...sessionQuery(project, b), enabled: b !== "" });
  useTitle("Two sessions");
  useKeys({ Escape: () => router.history.canGoBack() && router.history.back() });
  const failure = first.error ?? second.error;
  return (
    <>
      <header className={styles.bar}>
        <a className="skip" href="#content">
          Skip to the conversations
        </a>
        <Brand word={false} />
        <Link to="/p/$project/sessions" params={{ project: pageName(project) }} search={{}} className={styles.crumb}>
          Sessions <span aria-hidden>›</span>
        </Link>
        <h1 className={styles.title}>Two sessions</h1>
        <span className={styles.rest} />
        {a && b && (
          <Button onClick={() => void navigate({ search: { a: b, b: a }, replace: true })}>
            <ArrowLeftRight size={16} aria-hidden /> Swap
          </Button>
        )}
        <Corner />
      </header>
      <main id="content" className={styles.main}>
        {!a || !b ? (
          <State title="Two sessions are needed.">Open a session and choose “Compare with…” from its ⋯ menu.</State>
        ) : failure ? (
          <Broken error={failure} retry={() => void Promise.all([first.refetch(), second.refetch()])} />
        ) : (
          <>
            <ComparedFigures project={project} a={first.data} b={second.data} />
            {first.data && second.data && (
              <ComparedTurns key={`${a} ${b}`} project={project} a={first.data} b={second.data} />
            )}
          </>
        )}
      </main>
    </>
  );
}
