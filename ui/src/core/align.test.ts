import { expect, test } from "vitest";
import { align } from "./align";

test("turns that say the same stand beside each other", () => {
  const a = ["I was charged twice for order 4471", "yes, the card ending 88", "thanks!"];
  const b = ["I was charged twice for order 12", "which card?", "no idea", "yes, the card ending 12", "thanks!"];
  expect(align(a, b)).toEqual([
    { a: 1, b: 1 },
    { a: null, b: 2 },
    { a: null, b: 3 },
    { a: 2, b: 4 },
    { a: 3, b: 5 },
  ]);
});

test("turns that say nothing alike pair by number", () => {
  expect(align(["a b", "c"], ["d"])).toEqual([
    { a: 1, b: 1 },
    { a: 2, b: null },
  ]);
  expect(align([], ["x"])).toEqual([{ a: null, b: 1 }]);
});

test("very long sessions pair by number", () => {
  const long = Array.from({ length: 500 }, (_, at) => `turn ${at}`);
  expect(align(long, ["turn 499"]).slice(0, 2)).toEqual([
    { a: 1, b: 1 },
    { a: 2, b: null },
  ]);
});
