import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast, distance, SIGHTS } from "./colour";

const css = readFileSync(new URL("../tokens.css", import.meta.url), "utf8");
const themes = { light: block(":root {"), dark: block('[data-mantine-color-scheme="dark"] {') };
const GROUNDS = ["bg", "surface", "sunken", "accent-soft", "error-soft"];
const FAMILIES = ["kind-model", "kind-agent", "kind-tool", "kind-retrieval", "kind-check", "kind-step"];
const LEAST: Record<string, number> = { text: 11.3, muted: 5.6, accent: 5.7, error: 4.7, control: 3.1 };

function block(opening: string): Record<string, string> {
  const body = css.slice(css.indexOf(opening) + opening.length).split("}")[0]!;
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((m) => [m[1]!, m[2]!]));
}

const floor = (value: number) => Math.round(value * 10) / 10;

describe.each(Object.entries(themes))("%s", (_, colours) => {
  test.each(Object.entries(LEAST))("%s keeps its contrast on every ground", (name, least) => {
    for (const ground of GROUNDS)
      expect(floor(contrast(colours[name]!, colours[ground]!))).toBeGreaterThanOrEqual(least);
  });

  test("text on a mark is readable", () => {
    expect(floor(contrast(colours.text!, colours.mark!))).toBeGreaterThanOrEqual(7);
  });

  test("span kinds stand out from every ground", () => {
    for (const family of FAMILIES)
      for (const ground of ["bg", "surface", "sunken", "accent-soft"])
        expect(floor(contrast(colours[family]!, colours[ground]!))).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(SIGHTS))("kinds and the error stay apart for %s sight", (sight) => {
    const all = [...FAMILIES, "error"];
    for (const [at, one] of all.entries())
      for (const other of all.slice(at + 1))
        expect(floor(distance(colours[one]!, colours[other]!, sight)), `${one} ${other}`).toBeGreaterThanOrEqual(8.5);
  });
});
