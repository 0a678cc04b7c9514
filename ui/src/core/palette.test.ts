import { readdirSync, readFileSync } from "node:fs";
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

  test("what stands on a colour is seen on it", () => {
    // The primary button, and the glyphs of the plates.
    expect(floor(contrast(colours.bg!, colours.text!))).toBeGreaterThanOrEqual(7);
    for (const family of FAMILIES)
      expect(contrast(colours.surface!, colours[family]!), family).toBeGreaterThanOrEqual(3);
    // A hit is told by its underline too.
    expect(contrast(colours.accent!, colours.mark!)).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(SIGHTS))("kinds and the error stay apart for %s sight", (sight) => {
    const all = [...FAMILIES, "error"];
    for (const [at, one] of all.entries())
      for (const other of all.slice(at + 1))
        expect(floor(distance(colours[one]!, colours[other]!, sight)), `${one} ${other}`).toBeGreaterThanOrEqual(8.5);
  });
});

const source = new URL("..", import.meta.url);
const styles = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));

test("both themes name the same colours", () => {
  expect(Object.keys(themes.dark).sort()).toEqual(Object.keys(themes.light).sort());
});

test("the scales are the design's", () => {
  const all = (pattern: RegExp) => Object.fromEntries([...css.matchAll(pattern)].map((match) => [match[1], match[2]]));
  const px = (rem: string | undefined) => Number.parseFloat(rem ?? "") * 16;
  const sizes = all(/--(meta|ui|read|title|figure|mono): ([\d.]+rem)/g);
  const lines = all(/--(meta|ui|read|title|figure|mono)-line: ([\d.]+rem)/g);
  const scale = Object.keys(sizes).map((name) => `${name} ${px(sizes[name])}/${px(lines[name])}`);
  expect(scale).toEqual(["meta 12/16", "ui 13/20", "read 15/24", "title 16/24", "figure 20/28", "mono 12/18"]);
  expect(Object.values(all(/--(space-\d+): (\d+px)/g))).toEqual([
    "2px",
    "4px",
    "8px",
    "12px",
    "16px",
    "24px",
    "32px",
    "48px",
  ]);
  expect(all(/--radius-(chip|control|block|bubble): (\d+px)/g)).toEqual({
    ...{ chip: "4px", control: "6px", block: "8px", bubble: "12px" },
  });
  expect([...css.matchAll(/--(?:fast|slow): (\d+ms)/g)].map((match) => match[1])).toEqual([
    "120ms",
    "180ms",
    "0ms",
    "0ms",
  ]);
});

test("every token that a style names is there", () => {
  const written = styles.map((name) => [name, readFileSync(new URL(name, source), "utf8")] as const);
  const set = new Set(written.flatMap(([, text]) => [...text.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1])));
  const missing = written.flatMap(([name, text]) =>
    [...text.matchAll(/var\((--[\w-]+)\)/g)].flatMap(([, token]) => (set.has(token) ? [] : `${name} ${token}`)),
  );
  // Set by the element that is drawn.
  expect(missing.filter((each) => !/--(depth|mantine-[\w-]+)$/.test(each))).toEqual([]);
});
