/** Times: relative on the screen, exact with the zone on hover and copy. The clock is passed in, and the zone
 *  too where it is not the one that the reader chose. */

import { type Preferences, preference } from "./preferences";

export type Zone = Preferences["zone"];

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const chosen = (): Zone => preference("zone");

function inZone(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  return zone === "utc" ? { ...options, timeZone: "UTC" } : options;
}

/** RFC 3339 with up to nine decimals -> milliseconds since 1970, or null. */
export function parseTime(text: string | null | undefined): number | null {
  if (!text) return null;
  const value = Date.parse(text.replace(/(\.\d{3})\d+/, "$1"));
  return Number.isNaN(value) ? null : value;
}

/** "now", "2 min", "5 h", "3 d", then the date. */
export function relative(text: string | null | undefined, nowMs: number, zone: Zone = chosen()): string {
  const time = parseTime(text);
  if (time === null) return "";
  const age = nowMs - time;
  if (age < -5 * MINUTE) return day(time, nowMs, zone);
  if (age < MINUTE) return "now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)} d`;
  return day(time, nowMs, zone);
}

function day(time: number, nowMs: number, zone: Zone): string {
  const year = inZone(zone, { year: "numeric" });
  const sameYear =
    new Date(time).toLocaleDateString("en-GB", year) === new Date(nowMs).toLocaleDateString("en-GB", year);
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  return new Date(time).toLocaleDateString("en-GB", inZone(zone, sameYear ? options : { ...options, ...year }));
}

/** "22 Nov 2026, 14:03:22.480 GMT+1". */
export function exact(text: string | null | undefined, zone: Zone = chosen()): string {
  const time = parseTime(text);
  if (time === null) return "";
  const options = {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
  } as const;
  return new Date(time).toLocaleString("en-GB", inZone(zone, options));
}

/** "14:03:22". */
export function clock(text: string | null | undefined, zone: Zone = chosen()): string {
  const time = parseTime(text);
  return time === null ? "" : new Date(time).toLocaleTimeString("en-GB", inZone(zone, {}));
}

/** "22 Nov 14:03:22". */
export function dayAndClock(text: string | null | undefined, zone: Zone = chosen()): string {
  const time = parseTime(text);
  if (time === null) return "";
  const date = new Date(time).toLocaleDateString("en-GB", inZone(zone, { day: "numeric", month: "short" }));
  return `${date} ${clock(text, zone)}`;
}

/** Two times on different days, by the clock of the zone. */
export function daysApart(a: string | null | undefined, b: string | null | undefined, zone: Zone = chosen()): boolean {
  const first = parseTime(a);
  const second = parseTime(b);
  if (first === null || second === null) return false;
  const date = (time: number) => new Date(time).toLocaleDateString("en-GB", inZone(zone, {}));
  return date(first) !== date(second);
}
