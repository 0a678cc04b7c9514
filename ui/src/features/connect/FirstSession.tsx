import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useEvents } from "../../api/live";
import type { Arrival } from "../../api/types";
import { State } from "../../components/State";
import { pageName } from "../../core/address";
import { Live } from "../shell/Live";
import styles from "./FirstSession.module.css";
import { HowToSend } from "./HowToSend";
import { hello } from "./snippets";

/** Nothing ever arrived: how to send a first session, and a wait for it. */
export function FirstSession({ project, others }: { project: string | null; others: readonly string[] }) {
  const client = useQueryClient();
  const connection = useEvents<Arrival>("/v1/arrivals/events", () => {
    void client.invalidateQueries({ queryKey: ["projects"] });
  });
  // What came between the answer and the stream's beginning is in neither.
  useEffect(() => {
    if (connection === "live") void client.invalidateQueries({ queryKey: ["projects"] });
  }, [client, connection]);
  // The stream may be cut where a proxy sits between: ask now and then as well.
  useEffect(() => {
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ["projects"] }), 5000);
    return () => clearInterval(timer);
  }, [client]);
  const where = project === null ? "Nothing has arrived yet." : `Nothing has arrived in ${project} yet.`;
  return (
    <State title={where}>
      <p>
        Send a first session with these lines, or run{" "}
        <code className="mono">{hello(window.location.origin, project)}</code>. It appears here by itself.
      </p>
      <div className={styles.how}>
        <HowToSend />
      </div>
      <p className={styles.wait}>
        <Live state={connection} /> Waiting for the first request.{" "}
        <Link to="/connect" search={project === null ? {} : { project }}>
          See what arrives
        </Link>
      </p>
      {others.length > 0 && (
        <p className={styles.others}>
          Other projects:{" "}
          {others.slice(0, 8).map((name) => (
            <Link key={name} to="/p/$project/sessions" params={{ project: pageName(name) }} search={{}}>
              {name}
            </Link>
          ))}
        </p>
      )}
    </State>
  );
}
