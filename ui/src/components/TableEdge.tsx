import { useState } from "react";
import styles from "./Table.module.css";

interface Props {
  resize: (width: number | null) => void;
  /** Held: the column itself must not be carried away meanwhile. */
  hold: (held: boolean) => void;
}

/** The edge before a column: a drag moves it, a double click gives the column its own width back. */
export function TableEdge({ resize, hold }: Props) {
  const [held, setHeld] = useState<{ x: number; width: number } | null>(null);
  const letGo = () => {
    setHeld(null);
    hold(false);
  };
  return (
    <span
      className={styles.edge}
      aria-hidden
      data-held={held ? true : undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(true);
        setHeld({ x: event.clientX, width: event.currentTarget.parentElement!.getBoundingClientRect().width });
      }}
      onPointerMove={(event) => held && resize(held.width + (held.x - event.clientX))}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onDoubleClick={() => resize(null)}
    />
  );
}
