import { expect, test } from "vitest";
import { columns, preference, setPreference, watchPreferences } from "./preferences";

test("what was set is told to everyone who asked, and a default is no setting", () => {
  let told = 0;
  const stop = watchPreferences(() => {
    told += 1;
  });
  expect(preference("zone")).toBe("viewer");
  setPreference("zone", "utc");
  expect([preference("zone"), told]).toEqual(["utc", 1]);
  setPreference("zone", "viewer");
  stop();
  setPreference("zone", "utc");
  expect(told).toBe(2);
  setPreference("zone", "viewer");
});

test("a layout of columns is read as it was written; anything else is none", () => {
  const layout = [{ id: "cost", shown: false, width: 80 }];
  expect(columns(JSON.stringify(layout))).toEqual(layout);
  expect(columns(JSON.stringify(layout))).toBe(columns(JSON.stringify(layout)));
  expect([columns(null), columns("{"), columns('[{"id":1}]')]).toEqual([[], [], []]);
});
