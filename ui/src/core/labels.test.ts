import { expect, test } from "vitest";
import type { Annotation } from "../api/types";
import { annotationWords, choicesOf, namesFrom, own } from "./labels";

const USED = { labels: [], has_score: false };

test("configured names give keys in their order, names in use follow", () => {
  const names = namesFrom([
    { ...USED, name: "mood", setting: { kind: "categorical", labels: ["negative", "positive"] } },
    { ...USED, name: "outcome", labels: ["resolved"] },
    { ...USED, name: "quality", has_score: true },
    { ...USED, name: "thumbs", labels: ["up"] },
    { ...USED, name: "tag", labels: ["vip"] },
    { ...USED, name: "nothing" },
  ]);
  expect(names.map((each) => [each.name, each.kind])).toEqual([
    ["mood", "categorical"],
    ["outcome", "categorical"],
    ["quality", "numeric"],
  ]);
  expect(choicesOf(names)).toEqual([
    { key: "1", name: "mood", label: "negative" },
    { key: "2", name: "mood", label: "positive" },
    { key: "3", name: "outcome", label: "resolved" },
  ]);
});

test("the tenth label has no key", () => {
  const labels = Array.from({ length: 11 }, (_, at) => `l${at}`);
  const choices = choicesOf(namesFrom([{ ...USED, name: "n", setting: { kind: "categorical", labels } }]));
  expect(choices.map((each) => each.key).slice(8)).toEqual(["9", "", ""]);
});

test("one's own annotation is the one a new one replaces", () => {
  const human = { name: "mood", author: "ada", annotator_kind: "human" } as Annotation;
  const robot = { ...human, annotator_kind: "llm" } as Annotation;
  expect(own([robot, human], "mood", "ada")).toBe(human);
  expect(own([human], "mood", "bob")).toBeUndefined();
});

test("annotations in words", () => {
  expect(annotationWords({ name: "outcome", label: "resolved", score: null })).toBe("outcome: resolved");
  expect(annotationWords({ name: "quality", label: null, score: 0.8 })).toBe("quality: 0.8");
  expect(annotationWords({ name: "thumbs", label: "down", score: 0 })).toBe("thumbs down");
  expect(annotationWords({ name: "odd", label: null, score: null })).toBe("odd");
});
