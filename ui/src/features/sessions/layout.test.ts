import { describe, expect, it } from "vitest";
import { arranged, fitting, moved, withColumn } from "./layout";

const ALL = [
  { id: "user", width: 112, least: 64, from: 0 },
  { id: "turns", width: 44, least: 44, from: 0 },
  { id: "models", width: 120, least: 64, from: 1680 },
  { id: "last", width: 68, least: 68, from: 0 },
];

describe("arranged", () => {
  it("shows by itself what there is room for", () => {
    expect(arranged(ALL, [], 1440).map((each) => [each.column.id, each.shown])).toEqual([
      ["user", true],
      ["turns", true],
      ["models", false],
      ["last", true],
    ]);
  });
  it("keeps the reader's order; a column it does not name stays behind its neighbour", () => {
    const layout = [
      { id: "last", shown: true, width: null },
      { id: "gone", shown: true, width: 5 },
      { id: "user", shown: false, width: 20 },
    ];
    expect(arranged(ALL, layout, 1440).map((each) => [each.column.id, each.shown, each.width])).toEqual([
      ["last", true, 68],
      ["user", false, 64],
      ["turns", true, 44],
      ["models", false, 120],
    ]);
  });
});

describe("fitting", () => {
  it("drops the last ones where there is little room", () => {
    const columns = arranged(ALL, [], 1440);
    expect(fitting(columns, 1200).map((each) => each.column.id)).toEqual(["user", "turns", "last"]);
    expect(fitting(columns, 500).map((each) => each.column.id)).toEqual(["user", "turns"]);
    expect(fitting(columns, 100)).toEqual([]);
  });
});

describe("changes", () => {
  it("name every column", () => {
    const layout = withColumn(arranged(ALL, [], 1440), "models", { shown: true, width: 10 });
    expect(layout).toEqual([
      { id: "user", shown: true, width: null },
      { id: "turns", shown: true, width: null },
      { id: "models", shown: true, width: 64 },
      { id: "last", shown: true, width: null },
    ]);
    expect(moved(layout, "last", "user").map((each) => each.id)).toEqual(["last", "user", "turns", "models"]);
    expect(moved(layout, "user", null).map((each) => each.id)).toEqual(["turns", "models", "last", "user"]);
  });
});
