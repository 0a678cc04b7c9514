import { describe, expect, it } from "vitest";
import type { Stats } from "../../api/types";
import { integer } from "../../core/format";
import { barsOf, changeOf, FIGURES } from "./figures";
import { periodBefore, rangeOf, rangeTerms, writtenMs } from "./period";

const NOW = Date.parse("2026-11-22T12:00:30Z");

describe("the period before", () => {
  it("ends where the range begins", () => {
    expect(periodBefore({ since: "24h" }, NOW)).toEqual({
      since: "2026-11-20T12:00:00.000Z",
      until: "2026-11-21T12:00:00.000Z",
    });
    expect(periodBefore({ since: "2026-11-20T00:00:00Z", until: "2026-11-21T00:00:00Z" }, NOW)).toEqual({
      since: "2026-11-19T00:00:00.000Z",
      until: "2026-11-20T00:00:00.000Z",
    });
    expect(periodBefore({}, NOW)).toBeNull();
    expect(periodBefore({ until: "2026-11-20T00:00:00Z" }, NOW)).toBeNull();
  });
  it("is compared in words", () => {
    expect(changeOf(108, 100, integer)).toEqual({ words: "▲ 8.0 %", spoken: "100 in the period before" });
    expect(changeOf(50, 100, integer)?.words).toBe("▼ 50 %");
    expect(changeOf(5, 0, integer)?.words).toBe("▲ new");
    expect(changeOf(2000, 100, integer)?.words).toBe("▲ × 20");
    expect(changeOf(7, 7, integer)?.words).toBe("as before");
    expect(changeOf(7, null, integer)).toBeNull();
  });
});

describe("what a drag selects", () => {
  const steps = [
    { start_time: "1970-01-01T00:00:00Z", earlier: true, later: false },
    { start_time: "a", earlier: false, later: false },
    { start_time: "b", earlier: false, later: false },
    { start_time: "c", earlier: false, later: true },
  ];
  it("is a range of time", () => {
    expect(rangeOf(steps, 1, 1, { since: "7d" })).toEqual({ since: "a", until: "b" });
    expect(rangeOf(steps, 0, 1, { since: "7d" })).toEqual({ since: "7d", until: "b" });
    expect(rangeOf(steps, 2, 3, { since: "7d" })).toEqual({ since: "b", until: undefined });
  });
  it("is a term", () => {
    expect(writtenMs(500)).toBe("500ms");
    expect(writtenMs(90_000)).toBe("90s");
    expect(writtenMs(7_200_000)).toBe("2h");
    expect(rangeTerms("turns", 3, 4, false)).toEqual(["turns:3"]);
    expect(rangeTerms("latency", 1000, 5000, false)).toEqual(["latency:>=1s", "latency:<5s"]);
    expect(rangeTerms("cost", 0.0001, 0.5, true)).toEqual(["cost:>=0.0001", "cost:<=0.5"]);
  });
});

describe("the strip", () => {
  const stats = {
    series: [{ total_tokens: 5 }, { total_tokens: 7 }],
    distributions: { duration_ms: [{ low: 0, high: 10, sessions: 3 }] },
  } as unknown as Stats;
  const figure = (id: string) => FIGURES.find((each) => each.id === id)!;
  it("holds every figure that is asked for", () => {
    const ids = ["sessions", "errors", "turns", "users", "latency", "duration", "tokens", "cost"];
    expect(FIGURES.map((each) => each.id)).toEqual(ids);
  });
  it("draws what has a time over time, and whole sessions by how they spread", () => {
    expect(barsOf(figure("tokens"), stats)).toEqual([5, 7]);
    expect(barsOf(figure("duration"), stats)).toEqual([3]);
    expect(barsOf(figure("tokens"), undefined)).toEqual([]);
  });
});
