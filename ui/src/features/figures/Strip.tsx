import { ChevronDown, ChevronUp } from "lucide-react";
import type { Stats } from "../../api/types";
import { Bars } from "../../components/Bars";
import { Button } from "../../components/Button";
import { Skeleton } from "../../components/Skeleton";
import { barsOf, changeOf, FIGURES, type Figure } from "./figures";
import styles from "./Strip.module.css";

interface Props {
  stats: Stats | undefined;
  before: Stats | undefined;
  failed: boolean;
  /** The figure whose chart is open. */
  open: string;
  choose: (id: string) => void;
  folded: boolean;
  fold: (folded: boolean) => void;
}

/** The figures over exactly what the list holds. Folded it is one line. */
export function Strip({ stats, before, failed, open, choose, folded, fold }: Props) {
  const incomplete = stats?.complete === false;
  return (
    <div role="group" aria-label="Figures" className={styles.strip} data-folded={folded || undefined}>
      {FIGURES.map((figure) => (
        <button
          key={figure.id}
          type="button"
          className={styles.figure}
          aria-expanded={open === figure.id}
          onClick={() => choose(figure.id)}
        >
          <span className={styles.label}>
            <span>{figure.label}</span>
            {incomplete && (
              <span title="The figures are of the newest sessions: counting all would take too long"> incomplete</span>
            )}
          </span>
          <span className={styles.value}>
            <span className={`figure ${styles.number}`}>
              {stats ? figure.words(figure.of(stats)) : failed ? "" : <Skeleton width="4rem" />}
            </span>
            {stats && (
              <span className={styles.beside} title={figure.beside(stats)}>
                {figure.beside(stats)}
              </span>
            )}
          </span>
          {stats && <Against figure={figure} stats={stats} before={before} />}
          <span className={styles.bars}>
            <Bars values={barsOf(figure, stats)} tone={figure.tone ?? "plain"} />
          </span>
        </button>
      ))}
      <Button
        look="quiet"
        inline
        className={styles.fold}
        aria-label={folded ? "Unfold to bars" : "Fold to one line"}
        aria-expanded={!folded}
        onClick={() => fold(!folded)}
      >
        {folded ? <ChevronDown size={14} aria-hidden /> : <ChevronUp size={14} aria-hidden />}
      </Button>
    </div>
  );
}

function Against({ figure, stats, before }: { figure: Figure; stats: Stats; before: Stats | undefined }) {
  const change = before ? changeOf(figure.of(stats), figure.of(before), figure.words) : null;
  if (!change) return null;
  return (
    <span className={styles.against} title={change.spoken}>
      {change.words}
      <span className="unseen">, {change.spoken}</span>
    </span>
  );
}
