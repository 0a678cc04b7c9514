import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { answering, type Command } from "./commands";
import styles from "./Palette.module.css";
import { usePaletteCommands } from "./usePaletteCommands";

/** Says what to do, or pastes what to find: one box, by keyboard. */
export function Palette({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const base = useId();
  const commands = answering(usePaletteCommands(typed), typed);
  const index = Math.min(at, commands.length - 1);
  useEffect(() => dialog.current?.showModal(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marked line is kept in sight
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [index, typed]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    dialog.current?.close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1 };
    const to = moves[event.key];
    if (to !== undefined) setAt((to + commands.length) % Math.max(1, commands.length));
    else if (event.key === "Enter") run(commands[index]);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Escape itself; the click is on its backdrop
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Commands"
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label="Command, or what to find"
        aria-expanded="true"
        aria-controls={`${base}-list`}
        aria-activedescendant={commands[index] ? `${base}-${index}` : undefined}
        placeholder="Go to, switch, set; or paste an id"
        value={typed}
        maxLength={4096}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} role="listbox" id={`${base}-list`} aria-label="Commands" className={styles.list}>
        {groups(commands).map(([group, members]) => (
          <div key={group} role="group" aria-labelledby={`${base}-${group}`}>
            <div id={`${base}-${group}`} role="presentation" className={styles.group}>
              {group}
            </div>
            {members.map(([command, place]) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the box above listens for keys
              <div
                key={command.id}
                role="option"
                id={`${base}-${place}`}
                aria-selected={place === index}
                className={styles.option}
                onClick={() => run(command)}
                onPointerMove={() => place !== index && setAt(place)}
              >
                <span className={styles.label} dir="auto">
                  {command.label}
                </span>
                <span className={styles.detail}>{command.detail}</span>
              </div>
            ))}
          </div>
        ))}
        {commands.length === 0 && <p className={styles.group}>Nothing here goes by that name.</p>}
      </div>
    </dialog>
  );
}

/** Neighbours of one group together, each command with its place in the whole list. */
function groups(commands: readonly Command[]): [string, [Command, number][]][] {
  const found: [string, [Command, number][]][] = [];
  for (const [place, command] of commands.entries()) {
    const last = found.at(-1);
    if (last?.[0] === command.group) last[1].push([command, place]);
    else found.push([command.group, [[command, place]]]);
  }
  return found;
}
