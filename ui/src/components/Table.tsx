import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useState,
} from "react";
import styles from "./Table.module.css";
import { TableHeader } from "./TableHeader";

export interface Column<T> {
  id: string;
  header: string;
  /** Stands in the header instead of its words. */
  head?: ReactNode;
  /** A CSS grid track. */
  track: string;
  /** Stays where it is and as wide as it is. */
  fixed?: boolean;
  figure?: boolean;
  /** The server's name for this order; makes the header a button. */
  sort?: string;
  cell: (row: T) => ReactNode;
}

export interface TableHandle {
  scrollTo: (index: number) => void;
  offset: () => number;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowHeight: number;
  /** The list scrolls in here: it may hold more than the table. */
  scroller: RefObject<HTMLElement | null>;
  /** How many rows there are in all, where that is known. */
  total?: number | undefined;
  sort?: string | undefined;
  sortBy?: (field: string) => void;
  selected?: number;
  startAt?: number;
  /** The last rows are near. */
  nearEnd?: () => void;
  stacked?: boolean;
  /** Older rows, shown until the new ones are here. */
  busy?: boolean;
  /** Rows that are chosen, beside the one that is selected. */
  chosen?: (row: T) => boolean;
  /** A column was made so wide, in px; null: as wide as by itself. */
  resize?: ((id: string, width: number | null) => void) | undefined;
  /** A column was put before another; null: to the end. */
  reorder?: ((id: string, before: string | null) => void) | undefined;
  handle?: Ref<TableHandle>;
}

export type TableProps<T> = Props<T>;

/** The head's height, as the style sheet has it. */
const HEAD_PX = 32;

/** The page's one table: a grid of rows of one height, of which only those in sight are drawn. */
export function Table<T>(props: Props<T>) {
  const { columns, rows, rowHeight, scroller, nearEnd, selected } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => props.rowKey(rows[index]!),
    initialOffset: props.startAt ?? 0,
    scrollPaddingStart: HEAD_PX,
    // Rows stand below the head, and the next row stays in sight.
    scrollPaddingEnd: HEAD_PX + rowHeight,
    overscan: 8,
  });
  // The scroller stands above the table and is known only after it: rows that are at hand are drawn at once.
  const [, setPlaced] = useState(false);
  useLayoutEffect(() => setPlaced(true), []);
  useImperativeHandle(props.handle, () => ({
    scrollTo: (index) => virtual.scrollToIndex(index, { align: "auto" }),
    offset: () => virtual.scrollOffset ?? 0,
  }));
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (nearEnd && rows.length > 0 && last >= rows.length - 15) nearEnd();
  }, [last, rows.length, nearEnd]);

  const tracks = columns.map((column) => column.track).join(" ");
  return (
    <div
      role="table"
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-busy={props.busy || undefined}
      className={styles.table}
    >
      {!props.stacked && <TableHeader {...props} tracks={tracks} />}
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              data-row={item.index}
              data-selected={item.index === selected || undefined}
              data-chosen={props.chosen?.(row) || undefined}
              className={`${styles.row} ${props.stacked ? styles.stacked : ""}`}
              style={{ top: item.start, height: rowHeight, gridTemplateColumns: props.stacked ? undefined : tracks }}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role="cell"
                  data-column={column.id}
                  className={`${styles.cell} ${column.figure ? styles.figure : ""}`}
                >
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
