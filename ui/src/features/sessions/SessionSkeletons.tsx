import type { Session } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import type { Column } from "../../components/Table";
import styles from "./SessionSkeletons.module.css";

interface Props {
  columns: Column<Session>[];
  stacked: boolean;
  height?: number;
}

const ROWS = Array.from({ length: 12 }, (_, at) => at);

/** The list's own shape while its first page is on the way. */
export function SessionSkeletons({ columns, stacked, height = 52 }: Props) {
  const tracks = columns.map((column) => column.track).join(" ");
  return (
    <div role="status" aria-label="Loading sessions">
      {!stacked && <div className={styles.head} />}
      {ROWS.map((row) => (
        <div
          key={row}
          className={`${styles.row} ${stacked ? styles.stacked : ""}`}
          style={{ gridTemplateColumns: stacked ? "1fr" : tracks, height: stacked ? undefined : height }}
        >
          {!stacked && columns[0]?.id === "pick" && <span />}
          <div className={styles.words}>
            <Skeleton width={`${38 + ((row * 17) % 30)}%`} />
            {height >= 52 && <Skeleton width={`${50 + ((row * 23) % 35)}%`} />}
          </div>
          {!stacked && columns.filter(isFigure).map((column) => <Skeleton key={column.id} width="80%" />)}
        </div>
      ))}
    </div>
  );
}

function isFigure({ id }: Column<Session>, at: number): boolean {
  return at > 0 && id !== "conversation";
}
