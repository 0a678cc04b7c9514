import { useMemo } from "react";
import { type ColumnLayout, useColumns, usePreference } from "../../core/preferences";
import { type SessionColumn, sessionColumns } from "./columns";
import { arranged, moved, type Sized, withColumn } from "./layout";
import type { Room } from "./useRoom";

type Headed = Sized & { header: string };

export interface ColumnChoice<C extends Headed = SessionColumn> {
  /** All of them, in the reader's order. */
  all: readonly { column: C; shown: boolean; width: number }[];
  show: (id: string, shown: boolean) => void;
  resize: (id: string, width: number | null) => void;
  /** Before another; null: to the end. */
  put: (id: string, before: string | null) => void;
  /** One place up or down. */
  step: (id: string, by: -1 | 1) => void;
  /** What a saved view holds: ids of those shown, in order. */
  take: (ids: readonly string[]) => void;
  reset: () => void;
}

/** The columns of a project's list as the reader has them. */
export function useColumnChoice(project: string, { viewport }: Room): ColumnChoice {
  const [times] = usePreference("times");
  const columns = useMemo(() => sessionColumns(times), [times]);
  return useLayout("sessions", project, columns, viewport);
}

/** The columns of any list of a project; `list` names it. */
export function useLayout<C extends Headed>(
  list: string,
  project: string,
  columns: readonly C[],
  viewport: number,
): ColumnChoice<C> {
  const [layout, keep] = useColumns(list, project);
  const all = useMemo(() => arranged(columns, layout, viewport), [columns, layout, viewport]);
  const full = (): ColumnLayout[] => withColumn(all, "", {});
  return {
    all,
    show: (id, shown) => keep(withColumn(all, id, { shown })),
    resize: (id, width) => keep(withColumn(all, id, { width })),
    put: (id, before) => keep(moved(full(), id, before)),
    step: (id, by) => {
      const at = all.findIndex((each) => each.column.id === id);
      const before = by < 0 ? all[at - 1] : all[at + 2];
      if (by < 0 && !before) return;
      keep(moved(full(), id, before?.column.id ?? null));
    },
    take: (ids) => {
      const rest = all.filter((each) => !ids.includes(each.column.id)).map((each) => each.column.id);
      const width = (id: string) => layout.find((each) => each.id === id)?.width ?? null;
      keep([...ids, ...rest].map((id) => ({ id, shown: ids.includes(id), width: width(id) })));
    },
    reset: () => keep(null),
  };
}
