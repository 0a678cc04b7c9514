/** Span kinds and the family that colours them. */

export type Family = "model" | "agent" | "tool" | "retrieval" | "check" | "step";

const FAMILIES: Record<string, Family> = {
  LLM: "model",
  AGENT: "agent",
  TOOL: "tool",
  RETRIEVER: "retrieval",
  RERANKER: "retrieval",
  EMBEDDING: "retrieval",
  GUARDRAIL: "check",
  EVALUATOR: "check",
};

export function family(kind: string): Family {
  return FAMILIES[kind.toUpperCase()] ?? "step";
}

/** "LLM", "Tool"; "Span" where the sender named none. */
export function kindWord(kind: string): string {
  if (!kind) return "Span";
  return kind.toUpperCase() === "LLM" ? "LLM" : kind.slice(0, 1).toUpperCase() + kind.slice(1).toLowerCase();
}
