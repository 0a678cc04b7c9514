/** Times: relative on the screen, exact with the zone on hover and copy. The clock is passed in. */

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** RFC 3339 with up to nine decimals -> milliseconds since 1970, or null. */
export function parseTime(text: string | null | undefined): number | null {
  if (!text) return null;
  const value = Date.parse(text.replace(/(\.\d{3})\d+/, "$1"));
  return Number.isNaN(value) ? null : value;
}

/** "now", "2 min", "5 h", "3 d", then the date. */
export function relative(text: string | null | undefined, nowMs: number): string {
  const time = parseTime(text);
  if (time === null) return "";
  const age = nowMs - time;
  if (age < -5 * MINUTE) return day(time, nowMs);
  if (age < MINUTE) return "now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)} d`;
  return day(time, nowMs);
}

function day(time: number, nowMs: number): string {
  const sameYear = new Date(time).getFullYear() === new Date(nowMs).getFullYear();
  return new Date(time).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

/** "22 Nov 2026, 14:03:22.480 GMT+1". */
export function exact(text: string | null | undefined): string {
  const time = parseTime(text);
  if (time === null) return "";
  return new Date(time).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
  });
}

/** "14:03:22". */
export function clock(text: string | null | undefined): string {
  const time = parseTime(text);
  return time === null ? "" : new Date(time).toLocaleTimeString("en-GB");
}

/** "22 Nov 14:03:22". */
export function dayAndClock(text: string | null | undefined): string {
  const time = parseTime(text);
  if (time === null) return "";
  const date = new Date(time);
  return `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${date.toLocaleTimeString("en-GB")}`;
}

/** Two times on different local days. */
export function daysApart(a: string | null | undefined, b: string | null | undefined): boolean {
  const first = parseTime(a);
  const second = parseTime(b);
  if (first === null || second === null) return false;
  return new Date(first).toDateString() !== new Date(second).toDateString();
}
