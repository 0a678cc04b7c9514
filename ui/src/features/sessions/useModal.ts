import { type RefObject, useEffect, useRef } from "react";

/** A dialog that is open as long as it is on the page. Afterwards the focus is where it was before; where that is
 *  gone, on what `instead` finds. */
export function useModal(instead?: () => HTMLElement | null | undefined): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  const latest = useRef(instead);
  latest.current = instead;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const there = before instanceof HTMLElement && before !== document.body && before.isConnected;
        (there ? before : latest.current?.())?.focus();
      });
    };
  }, []);
  return dialog;
}
