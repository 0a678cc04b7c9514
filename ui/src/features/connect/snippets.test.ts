import { describe, expect, it } from "vitest";
import { hello } from "./snippets";

describe("hello", () => {
  it.each([
    ["http://127.0.0.1:6006", null, "threadline hello"],
    ["http://localhost:6006", "default", "threadline hello"],
    ["http://127.0.0.1:6007", null, "threadline hello --server http://127.0.0.1:6007"],
    ["http://127.0.0.1:6006", "shop-2", "threadline hello --project shop-2"],
    ["http://127.0.0.1:6006", "it's $(me)", "threadline hello --project 'it'\\''s $(me)'"],
    ["http://127.0.0.1:6006", "-x", "threadline hello --project '-x'"],
  ])("%s %s", (origin, project, command) => {
    expect(hello(origin, project)).toBe(command);
  });
});
