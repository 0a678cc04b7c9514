import { expect, test } from "vitest";
import { ticks, tickWords } from "./axis";

test("marks stand at round times", () => {
  expect(ticks(10_900)).toEqual([0, 5000, 10_000]);
  expect(ticks(400)).toEqual([0, 100, 200, 300, 400]);
  expect(ticks(0.003)).toEqual([0, 0.001, 0.002, 0.003]);
  expect(ticks(150_000)).toEqual([0, 60_000, 120_000]);
  expect(ticks(5 * 3_600_000)).toEqual([0, 2, 4].map((hours) => hours * 3_600_000));
  expect(ticks(0)).toEqual([0]);
});

test("marks are in the unit of their axis", () => {
  const words = (length: number) => ticks(length).map((ms) => tickWords(ms, length));
  expect(words(10_900)).toEqual(["0", "5 s", "10 s"]);
  expect(words(400)).toEqual(["0", "100 ms", "200 ms", "300 ms", "400 ms"]);
  expect(words(1200)).toEqual(["0", "0.5 s", "1 s"]);
  expect(words(300_000)).toEqual(["0", "2 min", "4 min"]);
});
