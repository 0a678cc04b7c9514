import type { Session } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import type { Column } from "../../components/Table";
import styles from "./SessionSkeletons.module.css";

const ROWS = Array.from({ length: 12 }, (_, at) => at);

/** The list's own shape while its first page is on the way. */
export function SessionSkeletons({ columns, stacked }: { columns: Column<Session>[]; stacked: boolean }) {
  const tracks = columns.map((column) => column.track).join(" ");
  return (
    <div role="status" aria-label="Loading sessions">
      {!stacked && <div className={styles.head} />}
      {ROWS.map((row) => (
        <div
          key={row}
          className={`${styles.row} ${stacked ? styles.stacked : ""}`}
          style={{ gridTemplateColumns: stacked ? "1fr" : tracks }}
        >
          <div className={styles.words}>
            <Skeleton width={`${38 + ((row * 17) % 30)}%`} />
            <Skeleton width={`${50 + ((row * 23) % 35)}%`} />
          </div>
          {!stacked && columns.slice(1).map((column) => <Skeleton key={column.id} width="80%" />)}
        </div>
      ))}
    </div>
  );
}
