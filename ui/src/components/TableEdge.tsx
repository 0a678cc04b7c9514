import { useState } from "react";
import styles from "./Table.module.css";

/** The edge before a column: a drag moves it, a double click gives the column its own width back. */
export function TableEdge({ resize }: { resize: (width: number | null) => void }) {
  const [held, setHeld] = useState<{ x: number; width: number } | null>(null);
  return (
    <span
      className={styles.edge}
      aria-hidden
      data-held={held ? true : undefined}
      draggable
      onDragStart={(event) => {
        // The header's own drag would carry the column away.
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ x: event.clientX, width: event.currentTarget.parentElement!.getBoundingClientRect().width });
      }}
      onPointerMove={(event) => held && resize(held.width + (held.x - event.clientX))}
      onPointerUp={() => setHeld(null)}
      onPointerCancel={() => setHeld(null)}
      onDoubleClick={() => resize(null)}
    />
  );
}
