import { Menu as Base } from "@mantine/core";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button";
import styles from "./Menu.module.css";

export interface MenuChoice {
  id: string;
  label: ReactNode;
  /** Stands at the end of the line: a count, a key. */
  detail?: ReactNode;
}

interface Props {
  label: string;
  shown: ReactNode;
  choices: readonly MenuChoice[];
  chosen?: string | undefined;
  choose: (id: string) => void;
  look?: "plain" | "quiet";
}

/** A button that opens a list to choose from. */
export function Menu({ label, shown, choices, chosen, choose, look = "plain" }: Props) {
  return (
    <Base
      position="bottom-end"
      offset={4}
      shadow="md"
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.dropdown!, item: styles.item!, itemLabel: styles.label! }}
    >
      <Base.Target>
        <Button look={look} aria-label={label}>
          <span className={styles.shown}>{shown}</span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </Base.Target>
      <Base.Dropdown>
        {choices.map((choice) => (
          <Base.Item
            key={choice.id}
            onClick={() => choose(choice.id)}
            leftSection={
              <span className={styles.check}>{choice.id === chosen && <Check size={14} aria-hidden />}</span>
            }
            rightSection={choice.detail && <span className={`figure ${styles.detail}`}>{choice.detail}</span>}
            aria-current={choice.id === chosen ? "true" : undefined}
          >
            {choice.label}
          </Base.Item>
        ))}
      </Base.Dropdown>
    </Base>
  );
}
