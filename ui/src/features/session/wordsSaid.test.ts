import { describe, expect, it } from "vitest";
import { wordsSaid } from "./wordsSaid";

describe("wordsSaid", () => {
  it.each([
    ["refund status:error model:gpt-4o", "refund"],
    ['"two charges" -tag:test span:(tool:x status:error)', "two charges"],
    ["span:(tool:create_refund status:error)", ""],
    ["annotation.quality:<0.5 card", "card"],
  ])("keeps the words of %s", (query, words) => expect(wordsSaid(query)).toBe(words));

  it.each(["the PARCEL", "10:30", "https://host:80/path", "foo:bar", '"status:error"', "said (twice) OR never"])(
    "leaves %s as it is",
    (text) => expect(wordsSaid(text)).toBe(text),
  );
});
