import { expect, it } from "vitest";
import { fromRange, toRange } from "./viewRange";

it("a saved range reads back as it was", () => {
  for (const range of [
    { since: undefined, until: undefined },
    { since: "7d", until: undefined },
    { since: "2026-11-15T00:00:00Z", until: "2026-11-16T00:00:00Z" },
    { since: undefined, until: "2026-11-16T00:00:00Z" },
  ]) {
    expect(fromRange(toRange(range))).toEqual(range);
  }
});
