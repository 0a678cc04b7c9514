import { Menu as Base } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
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
  const [opened, setOpened] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const focus = () => opener.current?.focus({ preventScroll: true });
  // The first opening is not seen by Mantine's own return of the focus.
  const closed = () => requestAnimationFrame(() => document.activeElement === document.body && focus());
  // Mantine asks its list for Escape, which may be pressed before the list has the focus.
  useEffect(() => {
    if (!opened) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpened(false);
      opener.current?.focus({ preventScroll: true });
    };
    document.addEventListener("keydown", onKeyDown, true);
    return () => document.removeEventListener("keydown", onKeyDown, true);
  }, [opened]);
  const button = (
    <Button
      ref={opener}
      look={look}
      inline={inline}
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      onClick={() => {
        if (asked) return;
        setAsked(true);
        setOpened(true);
      }}
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
      opened={opened}
      onChange={setOpened}
      onClose={closed}
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
          ...group.actions.map((action) => <Item key={action.id} action={action} before={focus} />),
        ])}
      </Base.Dropdown>
    </Base>
  );
}

/** A dialog that an action opens gives the focus back to the button, so the button has it `before`. */
function Item({ action, before }: { action: Action; before: () => void }) {
  const detail = action.detail && <span className={`figure ${styles.detail}`}>{action.detail}</span>;
  if (action.href !== undefined) {
    return (
      <Base.Item component="a" href={action.href} download={action.file ?? ""} rightSection={detail}>
        {action.label}
      </Base.Item>
    );
  }
  return (
    <Base.Item
      onClick={() => {
        before();
        action.run?.();
      }}
      rightSection={detail}
    >
      {action.label}
    </Base.Item>
  );
}
