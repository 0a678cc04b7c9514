import { expect, test } from "vitest";
import { onlySpan } from "./otlp";

test("a span keeps its resource and scope, and leaves its neighbours", () => {
  const request = {
    resourceSpans: [
      { resource: { a: 1 }, scopeSpans: [{ scope: { name: "x" }, spans: [{ spanId: "01" }] }] },
      { resource: { b: 2 }, scopeSpans: [{ scope: { name: "y" }, spans: [{ spanId: "02" }, { spanId: "03" }] }] },
    ],
  };
  expect(onlySpan(request, "03")).toEqual({
    resourceSpans: [{ resource: { b: 2 }, scopeSpans: [{ scope: { name: "y" }, spans: [{ spanId: "03" }] }] }],
  });
  expect(onlySpan(request, "04")).toBeNull();
  expect(onlySpan({}, "04")).toBeNull();
});
