import styles from "./Skeleton.module.css";

/** Stands for text that is on its way; takes exactly its room. */
export function Skeleton({ width = "100%", height = "0.75em" }: { width?: string; height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}
