import { describe, expect, it } from "vitest";
import {
  droppable,
  failuresOf,
  hasTerm,
  opposite,
  parts,
  saidIn,
  strangeFields,
  surelyReadable,
  termOf,
  termsIn,
  withAll,
  withoutSigns,
  withoutTerm,
  withTerm,
  written,
} from "./terms";

describe("parts", () => {
  it("keeps quotes and parentheses whole", () => {
    expect(parts('refund "two words" span:(tool:a status:error) -tag:"x y"').map((part) => part.text)).toEqual([
      "refund",
      '"two words"',
      "span:(tool:a status:error)",
      '-tag:"x y"',
    ]);
  });
  it("survives what is not finished", () => {
    expect(parts('a "b c').map((part) => part.text)).toEqual(["a", '"b c']);
    expect(parts("span:(a b").map((part) => part.text)).toEqual(["span:(a b"]);
    expect(parts(") a").map((part) => part.text)).toEqual([")", "a"]);
    expect(parts("   ")).toEqual([]);
  });
});

describe("terms", () => {
  it("quotes what is not one plain word", () => {
    expect(written("gpt-5-mini")).toBe("gpt-5-mini");
    expect(written("a b")).toBe('"a b"');
    expect(written('say "x" * \\')).toBe('"say \\"x\\" \\* \\\\"');
    expect(written("-x")).toBe('"-x"');
    expect(written("")).toBe('""');
  });
  it("names facets as the grammar does", () => {
    expect(termOf("environment", "production")).toBe("env:production");
    expect(termOf("annotation", "mood:very bad")).toBe('annotation.mood:"very bad"');
    expect(failuresOf("create_refund")).toBe("span:(tool:create_refund status:error)");
    expect(opposite(opposite("tool:a"))).toBe("tool:a");
  });
  it("adds, turns around, takes away", () => {
    expect(withTerm("", "tool:a")).toBe("tool:a");
    expect(withTerm("refund", "tool:a")).toBe("refund tool:a");
    expect(withTerm("refund tool:a", "tool:a")).toBe("refund tool:a");
    expect(withTerm("tool:a refund", "-tool:a")).toBe("refund -tool:a");
    expect(withTerm("a OR b", "tool:a")).toBe("(a OR b) tool:a");
    expect(withoutTerm("refund tool:a", "tool:a")).toBe("refund");
    expect(hasTerm("x OR tool:a", "tool:a")).toBe(false);
    expect(withAll("refund turns:>5", "turns", ["turns:>=3", "turns:<10"])).toBe("refund turns:>=3 turns:<10");
  });
  it("names what may be dropped", () => {
    expect(droppable("refund has:error")).toEqual([
      { term: "refund", rest: "has:error" },
      { term: "has:error", rest: "refund" },
    ]);
    expect(droppable("a OR b")).toEqual([{ term: "a OR b", rest: "" }]);
  });
  it("lists what can be taken out", () => {
    expect(termsIn("refund tool:a -tag:b 10:30 span:(tool:x) annotation.mood:<0.5")).toEqual([
      "tool:a",
      "-tag:b",
      "span:(tool:x)",
      "annotation.mood:<0.5",
    ]);
    expect(termsIn("tool:a OR tool:b")).toEqual([]);
  });
  it("finds what is said", () => {
    expect(saidIn('refund "two words" tool:a -no (x) said-by:user')).toEqual(["refund", "two words"]);
  });
});

it("frees words of the signs around them", () => {
  const number = `order ${"#"}44`;
  expect(withoutSigns(number)).toBe("order 44");
  expect(withoutSigns('order 44 -x has:error "a!"')).toBeNull();
  expect(withoutSigns("?!")).toBeNull();
});

it("names fields that do not exist", () => {
  expect(strangeFields("foo:bar x", new Set())).toEqual([{ field: "foo", term: "foo:bar" }]);
  expect(strangeFields("has:error https://a.b", new Set([0]))).toEqual([]);
});

describe("surelyReadable", () => {
  it("holds for plain words, and for what was read before", () => {
    expect(surelyReadable("refund card", "")).toBe(true);
    expect(surelyReadable("", "")).toBe(true);
    expect(surelyReadable('tool:x "two words" refu', 'tool:x "two words"')).toBe(true);
  });
  it("leaves to the server what may be wrong", () => {
    for (const query of ["turns:>", '"open', "(a", "a)", "-", "a OR ", "user:a", "tool:y", "a\\"]) {
      expect(surelyReadable(query, "tool:x")).toBe(false);
    }
    expect(surelyReadable("a OR b c", "a OR b")).toBe(false);
    expect(surelyReadable("word ".repeat(60), "")).toBe(false);
  });
});
