import type { ReactNode } from "react";
import { Menu } from "../../components/Menu";
import { QueryBox } from "../query/QueryBox";
import type { Entered } from "../query/useEntered";
import styles from "./SearchRow.module.css";
import { type Change, DEFAULT_SORT, nextSort, type SessionSearch, SORTS } from "./search";
import { TimeMenu } from "./TimeMenu";

interface Props {
  project: string;
  search: SessionSearch;
  change: Change;
  entered: Entered;
  /** Cards have no headers to sort by. */
  stacked: boolean;
  children: ReactNode;
}

/** One box for everything one looks for, the time it was said in, and what to do with what is found. */
export function SearchRow({ project, search, change, entered, stacked, children }: Props) {
  const sort = search.sort ?? DEFAULT_SORT;
  const field = SORTS.find((each) => each.field === sort.replace(/^-/, "")) ?? SORTS[0]!;
  return (
    <div className={styles.row}>
      <QueryBox
        project={project}
        scope="sessions"
        value={search.q ?? ""}
        onChange={(query, typing) => change({ q: query.trim() ? query : undefined, view: undefined }, typing)}
        onEnter={entered.want}
      />
      <TimeMenu range={search} change={change} />
      {stacked && (
        <Menu
          label={`Sort by ${field.words}`}
          shown={`${field.short} ${sort.startsWith("-") ? "↓" : "↑"}`}
          chosen={field.field}
          choices={SORTS.map((each) => ({ id: each.field, label: each.words }))}
          choose={(id) => change({ sort: nextSort(search.sort, id) })}
        />
      )}
      {children}
    </div>
  );
}
