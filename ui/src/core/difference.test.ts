import { expect, test } from "vitest";
import { difference } from "./difference";
import { duration, integer } from "./format";

test("differences carry their sign and unit", () => {
  expect(difference(6, 4, integer)).toBe("−2");
  expect(difference(4000, 5200, duration)).toBe("+1.2 s");
  expect(difference(4, 4, integer)).toBe("");
  expect(difference(null, 4, integer)).toBe("");
});
