import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./Button";
import styles from "./SidePanel.module.css";

interface Props {
  label: string;
  side: "start" | "end";
  /** In the page's own flow; otherwise a drawer that is opened and closed. */
  docked: boolean;
  open: boolean;
  close: () => void;
  width: number;
  children: ReactNode;
}

/** A panel beside the content where there is room for it, else a drawer over it (a modal dialog). */
export function SidePanel({ label, side, docked, open, close, width, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (docked) return;
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [docked, open]);
  if (docked) {
    return (
      <aside aria-label={label} className={`${styles.docked} ${styles[side]}`} style={{ width }}>
        {children}
      </aside>
    );
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Escape itself; the click is on its backdrop
    <dialog
      ref={dialog}
      aria-label={label}
      className={`${styles.drawer} ${styles[side]}`}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className={styles.inner} style={{ width }}>
        <div className={styles.top}>
          <h2>{label}</h2>
          <Button look="quiet" onClick={close} aria-label="Close">
            <X size={16} aria-hidden />
          </Button>
        </div>
        {open && children}
      </div>
    </dialog>
  );
}
