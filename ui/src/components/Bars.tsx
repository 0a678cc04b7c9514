import styles from "./Bars.module.css";

/** A small series: one bar a step, the tallest filling the height. Decoration beside its figure. */
export function Bars({ values, tone = "plain" }: { values: readonly number[]; tone?: "plain" | "error" }) {
  const most = Math.max(...values, 0);
  if (values.length < 2 || most <= 0) return <span className={styles.none} />;
  const step = 100 / values.length;
  return (
    <svg className={`${styles.bars} ${styles[tone]}`} viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden>
      {values.map((value, at) => {
        const height = value > 0 ? Math.max(1.5, (value / most) * 16) : 0;
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
        return <rect key={at} x={at * step} y={16 - height} width={step * 0.72} height={height} />;
      })}
    </svg>
  );
}
