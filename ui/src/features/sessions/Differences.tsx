import { useQuery } from "@tanstack/react-query";
import { differencesQuery, type SessionFilter } from "../../api/listQueries";
import type { Difference } from "../../api/types";
import { SidePanel } from "../../components/SidePanel";
import { Skeleton } from "../../components/Skeleton";
import { Broken } from "../../components/State";
import { integer, percent, plural } from "../../core/format";
import { hasTerm, withoutTerm, withTerm } from "../query/terms";
import styles from "./Differences.module.css";
import type { Change } from "./search";

interface Props {
  project: string;
  filter: SessionFilter;
  change: Change;
  open: boolean;
  docked: boolean;
}

export const DIFFERENCES_WIDTH = 304;
/** Else it is a drawer. */
export const DOCKED_FROM = 1200;

/** What sets the query's sessions apart from the others of the same time: largest difference first. */
export function Differences(props: Props) {
  if (!props.open) return null;
  const close = () => props.change({ compare: undefined });
  return (
    <SidePanel
      label="Compared with the rest"
      side="end"
      docked={props.docked}
      open
      close={close}
      width={DIFFERENCES_WIDTH}
    >
      <Compared {...props} close={close} />
    </SidePanel>
  );
}

function Compared({ project, filter, change, docked, close }: Props & { close: () => void }) {
  const narrowed = Boolean(filter.q?.trim());
  const found = useQuery({ ...differencesQuery(project, filter), enabled: narrowed });
  const query = filter.q ?? "";
  const turn = (term: string) =>
    change({ q: (hasTerm(query, term) ? withoutTerm(query, term) : withTerm(query, term)) || undefined });
  return (
    <div className={styles.panel}>
      {docked && (
        <div className={styles.top}>
          <h2>Compared with the rest</h2>
          <button type="button" className={styles.close} aria-label="Close" onClick={close}>
            ✕
          </button>
        </div>
      )}
      {!narrowed && (
        <p className="muted">Every session is in the list. Search for something to compare it with the rest.</p>
      )}
      {narrowed && found.isPending && <Skeleton width="70%" />}
      {found.isError && <Broken error={found.error} retry={() => found.refetch()} />}
      {narrowed && found.data && (
        <>
          <p className={styles.sizes}>
            {plural(found.data.inside, "session")} found, {integer(found.data.outside)} others.
            {!found.data.complete && " Counted in the newest sessions only."}
          </p>
          {found.data.data.length === 0 && <p className="muted">Nothing sets them apart.</p>}
          <ul className={styles.list}>
            {found.data.data.map((each) => (
              <li key={`${each.facet} ${each.value}`}>
                <Compare difference={each} on={hasTerm(query, each.query)} turn={() => turn(each.query)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Compare({ difference, on, turn }: { difference: Difference; on: boolean; turn: () => void }) {
  const { inside_share: inside, outside_share: outside } = difference;
  return (
    <button type="button" className={styles.line} aria-pressed={on} title={difference.query} onClick={turn}>
      <span className={styles.name}>
        <span className="muted">{difference.facet}</span> {difference.value}
      </span>
      <span className={styles.shares}>
        <Share words="found" share={inside} look={styles.inside!} />
        <Share words="others" share={outside} look={styles.outside!} />
      </span>
    </button>
  );
}

function Share({ words, share, look }: { words: string; share: number; look: string }) {
  return (
    <span className={styles.share}>
      <span className={styles.track}>
        <span className={`${styles.bar} ${look}`} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={`figure ${styles.figure}`}>{percent(share)}</span>
      <span className={styles.words}>{words}</span>
    </span>
  );
}
