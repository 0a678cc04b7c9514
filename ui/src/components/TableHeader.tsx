import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { Column, TableProps } from "./Table";
import styles from "./Table.module.css";
import { TableEdge } from "./TableEdge";

const STEP_PX = 16;

/** Names the columns, sorts by them; their order and width change by drag, by key, and in the columns' menu. */
export function TableHeader<T>(props: TableProps<T> & { tracks: string }) {
  const { columns, sort = "", sortBy, tracks, resize, reorder } = props;
  const field = sort.replace(/^-/, "");
  const down = sort.startsWith("-");
  const [held, setHeld] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const [before, setBefore] = useState<string | null>(null);
  const end = () => {
    setDragged(null);
    setBefore(null);
  };
  const onKey = (column: Column<T>) => (event: KeyboardEvent<HTMLElement>) => {
    if (!resize || column.fixed || !event.shiftKey || !/^Arrow(Left|Right)$/.test(event.key)) return;
    event.preventDefault();
    const cell = event.currentTarget.closest("[role=columnheader]");
    const width = cell?.getBoundingClientRect().width ?? 0;
    resize(column.id, width + (event.key === "ArrowLeft" ? STEP_PX : -STEP_PX));
  };
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: tracks }}>
        {columns.map((column) => {
          const sorted = Boolean(column.sort) && column.sort === field;
          const Arrow = down ? ArrowDown : ArrowUp;
          const movable = Boolean(reorder) && !column.fixed && !held;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={column.sort ? (sorted ? (down ? "descending" : "ascending") : "none") : undefined}
              className={`${styles.headCell} ${column.figure ? styles.figure : ""}`}
              data-column={column.id}
              data-before={before === column.id || undefined}
              draggable={movable || undefined}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", column.header);
                setDragged(column.id);
              }}
              onDragOver={(event) => {
                if (!dragged || column.fixed) return;
                event.preventDefault();
                setBefore(column.id);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged && dragged !== column.id) reorder?.(dragged, column.id);
                end();
              }}
              onDragEnd={end}
            >
              {resize && !column.fixed && <TableEdge resize={(width) => resize(column.id, width)} hold={setHeld} />}
              {column.head ??
                (column.sort && sortBy ? (
                  <button
                    type="button"
                    className={styles.sort}
                    title={resize && !column.fixed ? "Shift + ← → changes the width" : undefined}
                    onClick={() => sortBy(column.sort!)}
                    onKeyDown={onKey(column)}
                  >
                    {column.header}
                    {sorted && <Arrow size={12} aria-hidden />}
                  </button>
                ) : (
                  column.header
                ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
