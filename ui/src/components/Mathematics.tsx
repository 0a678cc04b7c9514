import { useLayoutEffect, useRef } from "react";
import temml from "temml";
import styles from "./Mathematics.module.css";

/** TeX as MathML. Built from elements, never from HTML; what cannot be read stays as it was written. */
export default function Mathematics({ tex, display }: { tex: string; display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = place.current!;
    try {
      temml.render(tex, element, { displayMode: display, throwOnError: true, trust: false, maxExpand: 200 });
    } catch {
      element.textContent = tex;
    }
  }, [tex, display]);
  if (!display) return <span ref={place} className={styles.inline} dir="ltr" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide formula is scrolled by keyboard
    <div className={styles.block} dir="ltr" tabIndex={0} role="group" aria-label="Formula">
      <span ref={place} />
    </div>
  );
}
