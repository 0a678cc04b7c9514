import { type InputHTMLAttributes, useId } from "react";
import styles from "./Field.module.css";

interface Props extends Pick<InputHTMLAttributes<HTMLInputElement>, "list" | "inputMode" | "autoComplete" | "type"> {
  label: string;
  value: string;
  change: (value: string) => void;
  /** Said below it. */
  hint?: string | undefined;
  maxLength?: number;
  /** More than one: a box of so many lines. */
  lines?: number;
  /** Takes the whole row of a form. */
  wide?: boolean;
}

/** A labelled input. */
export function Field({ label, value, change, hint, lines = 1, wide = false, ...rest }: Props) {
  const id = useId();
  const common = {
    id,
    value,
    autoComplete: "off",
    "aria-describedby": hint ? `${id}-hint` : undefined,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  };
  return (
    <div className={`${styles.field} ${wide ? styles.wide : ""}`}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {lines > 1 ? (
        <textarea {...common} className={`${styles.input} ${styles.box}`} rows={lines} maxLength={rest.maxLength} />
      ) : (
        <input {...common} type="text" className={styles.input} {...rest} />
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
