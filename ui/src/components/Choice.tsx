import styles from "./Choice.module.css";

interface Props<T extends string> {
  label: string;
  options: readonly (readonly [T, string])[];
  chosen: T;
  choose: (id: T) => void;
}

/** Two or three ways to see one thing, side by side. */
export function Choice<T extends string>({ label, options, chosen, choose }: Props<T>) {
  return (
    <div role="group" aria-label={label} className={styles.choice}>
      {options.map(([id, words]) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          className={styles.option}
          onClick={() => choose(id)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
