/** A trace as OTLP, and one span of it. */

import { get, ofTrace } from "../../api/client";
import { say } from "../../components/Notice";
import { copyText } from "../../core/clipboard";

export interface Otlp {
  resourceSpans?: { resource?: unknown; scopeSpans?: { scope?: unknown; spans?: { spanId?: string }[] }[] }[];
}

/** One span as an export request of its own, which another receiver would take. Null: the span is not in it. */
export function onlySpan(otlp: Otlp, spanId: string): Otlp | null {
  for (const { scopeSpans = [], ...resource } of otlp.resourceSpans ?? []) {
    for (const { spans = [], ...scope } of scopeSpans) {
      const span = spans.find((each) => each.spanId === spanId);
      if (span) return { resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans: [span] }] }] };
    }
  }
  return null;
}

export function otlpPath(project: string, traceId: string): string {
  return ofTrace(project, traceId, "otlp");
}

export async function copyOtlp(project: string, traceId: string): Promise<void> {
  try {
    const otlp = await get<Otlp>(otlpPath(project, traceId));
    if (await copyText(JSON.stringify(otlp, null, 2))) say("OTLP copied.");
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), { failed: true });
  }
}
