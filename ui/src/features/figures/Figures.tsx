import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { statsQuery } from "../../api/listQueries";
import { withAll } from "../query/terms";
import { type Change, filterOf, type SessionSearch } from "../sessions/search";
import { ChartPanel } from "./ChartPanel";
import { FIGURES, type Spread } from "./figures";
import { periodBefore, rangeOf, rangeTerms } from "./period";
import { Strip } from "./Strip";

interface Props {
  project: string;
  search: SessionSearch;
  change: Change;
  stacked: boolean;
  /** Stands where the strip stands, just as high, so that no row moves. */
  instead?: ((folded: boolean) => ReactNode) | undefined;
}

const FOLDED = "threadline-strip";

/** The figures over exactly what the list holds; one of them opened as a chart above the list. */
export function Figures({ project, search, change, stacked, instead }: Props) {
  const filter = filterOf(search);
  const stats = useQuery({ ...statsQuery(project, filter), placeholderData: keepPreviousData });
  const earlier = useMemo(
    () => periodBefore({ since: search.since, until: search.until }, Date.now()),
    [search.since, search.until],
  );
  const before = useQuery({
    ...statsQuery(project, { q: filter.q, ...earlier }),
    // Beside figures that are there; the list and those go first.
    enabled: earlier !== null && stats.isSuccess && !stats.isPlaceholderData,
    placeholderData: keepPreviousData,
  });
  const [folded, setFolded] = useState(() => readFolded());
  const [open = "", spread] = (search.chart ?? "").split(".");
  const figure = FIGURES.find((each) => each.id === open);
  const show = (id: string, by?: Spread) => change({ chart: by ? `${id}.${by}` : id });
  const past = earlier ? before.data : undefined;
  return (
    <>
      {instead ? (
        instead(folded)
      ) : (
        <Strip
          stats={stats.data}
          before={past}
          failed={stats.isError}
          open={open}
          choose={(id) => (id === open ? change({ chart: undefined }) : show(id))}
          folded={folded}
          fold={(next) => {
            keepFolded(next);
            setFolded(next);
          }}
        />
      )}
      {figure && stats.data && (
        <ChartPanel
          figure={figure}
          spread={(spread as Spread) || figure.spread}
          stats={stats.data}
          before={past}
          choose={(by) => show(figure.id, by)}
          narrow={(steps, first, last) => change(rangeOf(steps, first, last, search))}
          narrowTo={(field, low, high, last) =>
            change({ q: withAll(filter.q ?? "", field, rangeTerms(field, low, high, last)) })
          }
          stacked={stacked}
          close={() => change({ chart: undefined })}
        />
      )}
    </>
  );
}

function readFolded(): boolean {
  try {
    return localStorage.getItem(FOLDED) === "folded";
  } catch {
    return false;
  }
}

function keepFolded(folded: boolean): void {
  try {
    localStorage.setItem(FOLDED, folded ? "folded" : "open");
  } catch {
    // Forgotten with the page.
  }
}
