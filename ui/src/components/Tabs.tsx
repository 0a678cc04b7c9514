import { type KeyboardEvent, type ReactNode, useId } from "react";
import styles from "./Tabs.module.css";

interface Tab {
  id: string;
  label: ReactNode;
  panel: () => ReactNode;
}

/** Tabs by the WAI-ARIA pattern: arrows move, only the chosen panel is drawn. */
export function Tabs({ tabs, chosen, choose, label }: TabsProps) {
  const base = useId();
  const current = tabs.find((tab) => tab.id === chosen) ?? tabs[0]!;
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length]!;
    choose(next.id);
    document.getElementById(`${base}-${next.id}`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={label} className={styles.list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab === current}
            aria-controls={`${base}-panel`}
            tabIndex={tab === current ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${current.id}`} className={styles.panel}>
        {current.panel()}
      </div>
    </div>
  );
}

interface TabsProps {
  tabs: readonly Tab[];
  chosen: string;
  choose: (id: string) => void;
  label: string;
}
