import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { components } from "../../api/schema";
import { CopyButton } from "../../components/CopyButton";
import { Facts } from "../../components/Facts";
import { Skeleton } from "../../components/Skeleton";
import { Broken } from "../../components/State";
import { When } from "../../components/Time";
import { integer } from "../../core/format";
import styles from "./settings.module.css";

const ASKED_AGAIN_MS = 2000;

/** What a deletion removed, and whether the file still holds anything of it. */
export function Receipt({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["deletion", id],
    queryFn: ({ signal }) =>
      get<components["schemas"]["Deletion"]>(`/v1/deletions/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: (query) => (query.state.data?.erased === false ? ASKED_AGAIN_MS : false),
  });
  if (error) return <Broken error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton width="60%" />;
  return (
    <section className={styles.receipt} aria-label="Receipt" role="status">
      <h2>Deleted</h2>
      <Facts
        rows={[
          ["Sessions", integer(data.sessions)],
          ["Traces", integer(data.traces)],
          ["Spans", integer(data.spans)],
          ["Asked", <When key="when" time={data.requested_at} day />],
          ["State", data.erased ? "Erased from the file" : "Hidden; the file is being cleared"],
          [
            "Receipt",
            <span key="id">
              <code className="mono">{data.id}</code> <CopyButton text={data.id} label="Copy the receipt's id" />
            </span>,
          ],
        ]}
      />
    </section>
  );
}
