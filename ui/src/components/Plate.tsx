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
import { family, kindWord } from "../core/kinds";
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

/** A span's kind as a 16 px plate. The word is for screen readers and on hover; `silent` where it stands beside it. */
export function Plate({ kind, silent = false }: { kind: string; silent?: boolean }) {
  const Glyph = GLYPHS[kind.toUpperCase()] ?? CircleDashed;
  const word = kindWord(kind);
  return (
    <span className={styles.plate} data-family={family(kind)} title={silent ? undefined : word}>
      <Glyph size={11} aria-hidden />
      {!silent && <span className="unseen">{word}</span>}
    </span>
  );
}
