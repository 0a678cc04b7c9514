import { type RefObject, useEffect } from "react";

/** Opens the dialog over the page; once it is gone, the focus is back where it came from. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // A frame later: what the dialog led to may have taken the focus itself.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
      });
    };
  }, [dialog]);
}
