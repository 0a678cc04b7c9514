import {
  ArrowDownWideNarrow,
  Binary,
  Bot,
  CircleDashed,
  FileSearch,
  type LucideIcon,
  MessageSquareText,
  Scale,
  ShieldCheck,
  Split,
  TextQuote,
  Workflow,
  Wrench,
} from "lucide-react";
import { family } from "../core/kinds";
import styles from "./Plate.module.css";

const GLYPHS: Record<string, LucideIcon> = {
  LLM: MessageSquareText,
  AGENT: Bot,
  TOOL: Wrench,
  RETRIEVER: FileSearch,
  RERANKER: ArrowDownWideNarrow,
  EMBEDDING: Binary,
  GUARDRAIL: ShieldCheck,
  EVALUATOR: Scale,
  CHAIN: Workflow,
  PROMPT: TextQuote,
  DECISION: Split,
};

/** A span's kind as a 16 px plate. The word is for screen readers and on hover. */
export function Plate({ kind }: { kind: string }) {
  const Glyph = GLYPHS[kind.toUpperCase()] ?? CircleDashed;
  const word = kind ? kind.toLowerCase() : "span";
  return (
    <span className={`${styles.plate} ${styles[family(kind)]}`} title={word}>
      <Glyph size={11} aria-hidden />
      <span className="unseen">{word}</span>
    </span>
  );
}
