import { Link } from "@tanstack/react-router";
import styles from "./Brand.module.css";

export function Brand({ word = true }: { word?: boolean }) {
  return (
    <Link to="/" className={styles.brand} aria-label="Threadline">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden>
        <circle cx="8" cy="8" r="7" className={styles.disc} />
        <path d="M4.5 5.5h7M3.5 8h9M4.5 10.5h7" className={styles.thread} />
      </svg>
      {word && <span className={styles.word}>Threadline</span>}
    </Link>
  );
}
