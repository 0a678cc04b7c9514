import type { ButtonHTMLAttributes, Ref } from "react";
import styles from "./Button.module.css";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` at most once a page; `quiet` has no border until it is met. */
  look?: "plain" | "primary" | "quiet";
  /** 24 px high, for use inside a line. */
  inline?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = "plain", inline = false, className = "", ...rest }: Props) {
  const names = [styles.button, styles[look], inline ? styles.inline : "", className].join(" ");
  return <button type="button" className={names} {...rest} />;
}
