import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { get } from "../../api/client";
import { useEvents } from "../../api/live";
import { projectsQuery } from "../../api/queries";
import type { Arrival, List } from "../../api/types";
import { Broken } from "../../components/State";
import { AppBar } from "../shell/AppBar";
import { Live } from "../shell/Live";
import { lastProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { ArrivalRow } from "./ArrivalRow";
import { Causes } from "./Causes";
import styles from "./ConnectPage.module.css";
import { HowToSend } from "./HowToSend";

const KEPT = 200;
const PATIENCE_MS = 20_000;

/** What arrives, as it arrives, without content; and how to send. */
export function ConnectPage() {
  const search = useSearch({ from: "/connect" });
  useTitle("Connect");
  const projects = useQuery(projectsQuery);
  const names = projects.data?.data.map((each) => each.name) ?? [];
  const last = search.project ?? lastProject();
  const project = last !== null && (search.project || names.includes(last)) ? last : (names[0] ?? null);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["arrivals"],
    queryFn: ({ signal }) => get<List<Arrival>>("/v1/arrivals", {}, signal),
    staleTime: 0,
  });
  const connection = useEvents<Arrival>("/v1/arrivals/events", (arrival) => {
    // An answer on its way may be older than this arrival and would take it away again.
    const asked = client.isFetching({ queryKey: ["arrivals"] }) > 0;
    if (asked || typeof arrival.number !== "number") return void refetch();
    client.setQueryData<List<Arrival>>(["arrivals"], (held) => {
      const others = (held?.data ?? []).filter((each) => each.number !== arrival.number);
      return { data: [arrival, ...others].sort((a, b) => b.number - a.number).slice(0, KEPT), next_cursor: null };
    });
  });
  // What came between the answer and the stream's beginning is in neither.
  useEffect(() => {
    if (connection === "live") void refetch();
  }, [connection, refetch]);
  const arrivals = [...(data?.data ?? [])].sort((a, b) => b.number - a.number);
  const waited = useWaited(arrivals[0]?.number ?? 0);
  return (
    <>
      <AppBar project={project} tab="connect">
        <Live state={connection} />
      </AppBar>
      <main id="content" className={styles.page}>
        <section className={styles.how}>
          <h1 className={styles.title}>Send to this server</h1>
          <HowToSend />
        </section>
        <section className={styles.arrivals} aria-live="polite">
          <h2 className={styles.title}>What arrives</h2>
          {error ? (
            <Broken error={error} retry={() => void refetch()} />
          ) : arrivals.length === 0 ? (
            <p className="muted">{waited ? "Nothing has arrived for 20 s." : "Waiting for the first request."}</p>
          ) : (
            <ol className={styles.list} aria-label="Requests">
              {arrivals.map((arrival) => (
                <ArrivalRow key={arrival.number} arrival={arrival} />
              ))}
            </ol>
          )}
          {arrivals.length === 0 && waited && <Causes />}
        </section>
      </main>
    </>
  );
}

/** True once nothing new has come for 20 s. */
function useWaited(newest: number): boolean {
  const [waited, setWaited] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each arrival begins the wait again
  useEffect(() => {
    setWaited(false);
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [newest]);
  return waited;
}
