import { expect, test } from "vitest";
import { extended, placeIn } from "./walk";

const WALK = { project: "p", search: "q=refund", keys: ["a", "b", "c"], total: 87, more: "/next" };

test("a session knows its neighbours in the list it was opened from", () => {
  expect(placeIn(WALK, "p", "b")).toMatchObject({ index: 1, total: 87, previous: "a", next: "c" });
  expect(placeIn(WALK, "p", "a")).toMatchObject({ previous: null });
  expect(placeIn(WALK, "p", "elsewhere")).toBeNull();
  expect(placeIn(WALK, "other", "a")).toBeNull();
  expect(placeIn(null, "p", "a")).toBeNull();
});

test("a further page adds what is new", () => {
  const longer = extended(WALK, ["c", "d"], null);
  expect(longer.keys).toEqual(["a", "b", "c", "d"]);
  expect(placeIn(longer, "p", "c")?.next).toBe("d");
});
