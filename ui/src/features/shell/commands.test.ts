import { expect, test } from "vitest";
import { answering, type Command, traceIdIn } from "./commands";
import { added } from "./recents";

const command = (group: Command["group"], label: string, also = ""): Command => ({
  ...{ id: label, group, label, also },
  run: () => {},
});
const commands = [
  command("Found", "Search sessions"),
  command("Go to", "Sessions"),
  command("Project", "support-bot"),
  command("Set", "Theme: dark", "night"),
];
const labels = (typed: string) => answering(commands, typed).map((each) => each.label);

test("commands answer to the beginnings of their words; what was found stands behind them", () => {
  expect(labels("")).toHaveLength(4);
  expect(labels("sess")).toEqual(["Sessions", "Search sessions"]);
  expect(labels("dark th")).toEqual(["Theme: dark", "Search sessions"]);
  expect(labels("night")).toEqual(["Theme: dark", "Search sessions"]);
  expect(labels("4bf92f3577b34da6a3ce929d0e0e4736")).toEqual(["Search sessions"]);
  expect(labels("project sup")).toEqual(["support-bot", "Search sessions"]);
});

test("a trace id is known by its digits", () => {
  expect(traceIdIn(" 4BF92F3577B34DA6A3CE929D0E0E4736 ")).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
  expect([traceIdIn("order 4471"), traceIdIn("0".repeat(32)), traceIdIn("")]).toEqual([null, null, null]);
});

test("a page is remembered once, as it was seen last", () => {
  const list = [
    { href: "/p/a/sessions?q=x", title: "x" },
    { href: "/p/a/traces", title: "t" },
  ];
  expect(added(list, { href: "/p/a/sessions?q=y", title: "y" }).map((each) => each.title)).toEqual(["y", "t"]);
});
