import { Menu as Base } from "@mantine/core";
import { type ReactNode, useState } from "react";
import groupStyles from "./ActionMenu.module.css";
import { Button } from "./Button";
import styles from "./Menu.module.css";

export interface Action {
  id: string;
  label: ReactNode;
  /** Stands at the end of the line: a key. */
  detail?: ReactNode;
  run?: (() => void) | undefined;
  /** A file to download instead, and the name it is kept under. */
  href?: string | undefined;
  file?: string | undefined;
}

export interface ActionGroup {
  title?: string;
  actions: readonly Action[];
}

interface Props {
  label: string;
  shown: ReactNode;
  groups: readonly ActionGroup[];
  look?: "plain" | "quiet";
  inline?: boolean;
}

/** A button that opens a list of things to do. The list is not made before it is asked for: a long page holds
 *  many such buttons. */
export function ActionMenu({ label, shown, groups, look = "quiet", inline = false }: Props) {
  const [asked, setAsked] = useState(false);
  const button = (
    <Button
      look={look}
      inline={inline}
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      {shown}
    </Button>
  );
  if (!asked) return button;
  return (
    <Base
      position="bottom-end"
      offset={4}
      shadow="md"
      defaultOpened
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.dropdown!, item: styles.item!, itemLabel: styles.label! }}
    >
      <Base.Target>{button}</Base.Target>
      <Base.Dropdown>
        {groups.map((group) => [
          group.title && (
            <Base.Label key={group.title} className={groupStyles.group!}>
              {group.title}
            </Base.Label>
          ),
          ...group.actions.map((action) => <Item key={action.id} action={action} />),
        ])}
      </Base.Dropdown>
    </Base>
  );
}

function Item({ action }: { action: Action }) {
  const detail = action.detail && <span className={`figure ${styles.detail}`}>{action.detail}</span>;
  if (action.href !== undefined) {
    return (
      <Base.Item component="a" href={action.href} download={action.file ?? ""} rightSection={detail}>
        {action.label}
      </Base.Item>
    );
  }
  return (
    <Base.Item onClick={action.run} rightSection={detail}>
      {action.label}
    </Base.Item>
  );
}
