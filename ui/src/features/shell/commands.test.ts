import { expect, test } from "vitest";
import { answering, type Command, linkIn, traceIdIn } from "./commands";
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
  expect(labels("project sup")).toEqual(["support-bot", "Search sessions"]);
});

test("what can mean nothing else comes first", () => {
  const sure = { ...command("Found", "Open session s-1"), sure: true };
  expect(answering([...commands, sure], "sess").map((each) => each.label)).toEqual([
    "Open session s-1",
    "Search sessions",
    "Sessions",
  ]);
});

test("a link to this server is a place in it", () => {
  const origin = "http://127.0.0.1:6006";
  expect(linkIn(` ${origin}/s/a%2Fb/s-1?q=x `, origin)).toBe("/s/a%2Fb/s-1?q=x");
  expect(linkIn(`${origin}/p/demo/sessions`, origin)).toBe("/p/demo/sessions");
  expect([
    linkIn(`${origin}/v1/projects`, origin),
    linkIn("https://example.com/p/demo", origin),
    linkIn(`${origin}`, origin),
    linkIn("refund", origin),
  ]).toEqual([null, null, null, null]);
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
