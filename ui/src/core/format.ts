/** How figures read: short, exact enough, never a unit less. Null and undefined are empty text. */

type Maybe = number | null | undefined;

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** 6310 -> "6,310". */
export function integer(value: Maybe): string {
  return value == null ? "" : whole.format(value);
}

/** 12431 -> "12.4k", 3_100_000 -> "3.1M"; below a thousand as it is. */
export function compact(value: Maybe): string {
  if (value == null) return "";
  const size = Math.abs(value);
  for (const [unit, suffix] of [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    // 999,950 would round to "1000.0k".
    if (size >= unit * 0.99995) return `${(value / unit).toFixed(1)}${suffix}`;
  }
  return whole.format(value);
}

/** Under 1 s in ms, then 4.8 s, 4 min 10 s, 1 h 12 min, 2 d 3 h. */
export function duration(ms: Maybe): string {
  if (ms == null) return "";
  if (ms < 0) return "";
  if (ms < 1) return ms === 0 ? "0 ms" : "<1 ms";
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return two(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1440) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(ms / 3_600_000);
  return two(Math.floor(hours / 24), "d", hours % 24, "h");
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small ? `${large} ${largeUnit} ${small} ${smallUnit}` : `${large} ${largeUnit}`;
}

/** $41.20, $0.031; below a cent two significant figures: $0.0016, $0.00042. Zero is "$0": it is known to cost nothing. */
export function money(usd: Maybe): string {
  if (usd == null) return "";
  if (usd === 0) return "$0";
  if (usd >= 0.9995) return `$${usd.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  if (usd >= 0.01) return `$${usd.toFixed(3)}`;
  if (usd < 1e-7) return "<$0.0000001";
  // The exponent of what is left after rounding: 0.000996 is 0.0010.
  const exponent = Number(usd.toExponential(1).split("e")[1]);
  return `$${usd.toFixed(1 - exponent)}`;
}

/** A share of 0 to 1: 0.072 -> "7.2 %", 0.61 -> "61 %". */
export function percent(share: Maybe): string {
  if (share == null || !Number.isFinite(share)) return "";
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** 48_000 -> "48 kB". */
export function bytes(size: Maybe): string {
  if (size == null) return "";
  if (size < 1000) return `${size} B`;
  if (size < 999_500) return `${Math.round(size / 1000)} kB`;
  return `${(size / 1e6).toFixed(1)} MB`;
}

/** 1 -> "1 word", 412 -> "412 words". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`;
}
