import { describe, expect, it } from "vitest";
import { hello, snippets } from "./snippets";

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

describe("environment variables", () => {
  const code = (port: number | null) => snippets("http://h:6007", port).find((one) => one.id === "environment")?.code;

  it("names the port that takes gRPC, and none where there is none", () => {
    expect(code(4320)).toContain("# or gRPC:\nexport OTEL_EXPORTER_OTLP_ENDPOINT=http://h:4320\n");
    expect(code(null)).not.toContain("gRPC");
  });
});
