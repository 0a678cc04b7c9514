import { expect, test } from "vitest";
import { rangeSentence, rangeWords, resolve } from "./range";
import { clock, daysApart, exact, parseTime, relative } from "./time";

const now = Date.UTC(2026, 10, 22, 15, 0);

test("times are relative until a week has passed", () => {
  const ago = (ms: number) => relative(new Date(now - ms).toISOString(), now);
  expect([0, 120_000, 5 * 3_600_000, 3 * 86_400_000, 10 * 86_400_000].map(ago)).toEqual([
    "now",
    "2 min",
    "5 h",
    "3 d",
    "12 Nov",
  ]);
  expect(relative(null, now)).toBe("");
});

test("nanoseconds are read", () => {
  expect(parseTime("2026-11-22T15:00:00.123456789Z")).toBe(now + 123);
  expect(parseTime("yesterday")).toBeNull();
});

test("a range resolves against the clock passed in", () => {
  expect(resolve("24h", now)).toBe("2026-11-21T15:00:00.000Z");
  expect(resolve("2026-11-01T00:00:00Z", now)).toBe("2026-11-01T00:00:00Z");
  expect(resolve("soon", now)).toBeNull();
  expect(rangeWords({})).toBe("All time");
  expect(rangeWords({ since: "7d" })).toBe("Last 7 days");
  expect(rangeSentence({ since: "7d" })).toBe("in the last 7 days");
});

test("times are told by the zone asked for", () => {
  expect(clock("2026-11-22T23:30:00Z", "utc")).toBe("23:30:00");
  expect(exact("2026-11-22T23:30:00.5Z", "utc")).toBe("22 Nov 2026, 23:30:00.500 UTC");
  expect(daysApart("2026-11-22T23:30:00Z", "2026-11-23T00:10:00Z", "utc")).toBe(true);
});
