import { expect, test } from "vitest";
import { bytes, compact, duration, integer, money, percent, plural } from "./format";

test("figures read as people say them", () => {
  expect([0, 999, 1000, 12_431, 999_949, 999_960, 3_100_000].map(compact)).toEqual([
    "0",
    "999",
    "1.0k",
    "12.4k",
    "999.9k",
    "1.0M",
    "3.1M",
  ]);
  expect([null, 0.2, 40, 999.4, 999.6, 4800, 59_949, 59_960, 250_000, 4_320_000, 183_600_000].map(duration)).toEqual([
    "",
    "<1 ms",
    "40 ms",
    "999 ms",
    "1.0 s",
    "4.8 s",
    "59.9 s",
    "1 min",
    "4 min 10 s",
    "1 h 12 min",
    "2 d 3 h",
  ]);
  expect([0, 0.072, 0.61, Number.NaN].map(percent)).toEqual(["0 %", "7.2 %", "61 %", ""]);
  expect([12, 48_200, 1_200_000].map(bytes)).toEqual(["12 B", "48 kB", "1.2 MB"]);
  expect([integer(6310), plural(1, "turn"), plural(2, "turn")]).toEqual(["6,310", "1 turn", "2 turns"]);
});

test("money below a cent has two significant figures", () => {
  expect([null, 0, 41.2, 1234.5, 0.9996, 0.031, 0.01].map(money)).toEqual([
    "",
    "$0",
    "$41.20",
    "$1,234.50",
    "$1.00",
    "$0.031",
    "$0.010",
  ]);
  expect([0.00999, 0.0015768, 0.00091, 0.000996, 0.00042, 0.0000061, 0.00000001].map(money)).toEqual([
    "$0.010",
    "$0.0016",
    "$0.00091",
    "$0.0010",
    "$0.00042",
    "$0.0000061",
    "<$0.0000001",
  ]);
});
