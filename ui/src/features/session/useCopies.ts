import { useQueryClient } from "@tanstack/react-query";
import { turnsQuery } from "../../api/queries";
import { messagesUpTo } from "../../api/sessionQueries";
import type { Message, Session, Turn } from "../../api/types";
import { say } from "../../components/Notice";
import { copyText } from "../../core/clipboard";
import { chatMessages, curl, datasetLine } from "../../core/openai";
import { turnAsJson, turnAsMarkdown } from "../../core/transcript-text";

export const COPIES = [
  ["markdown", "Markdown"],
  ["json", "JSON"],
  ["curl", "cURL"],
  ["openai", "OpenAI messages up to here"],
  ["dataset", "Dataset line (JSONL)"],
] as const;
export type Copy = (typeof COPIES)[number][0];

/** Copies a turn in one of these forms, and says so. */
export function useCopies(project: string, id: string, session: Session | undefined) {
  const client = useQueryClient();
  return async (form: Copy, number: number) => {
    const name = COPIES.find(([each]) => each === form)?.[1] ?? form;
    try {
      const alone = form === "markdown" || form === "json";
      const messages = await messagesUpTo(project, id, number, alone ? number : 1);
      const turn = (await client.fetchQuery(turnsQuery(project, id, number, 1))).data[0];
      if (!turn) return;
      const done = await copyText(write(form, turn, messages, session));
      say(done ? `Turn ${number} copied: ${name}` : "The browser refused the clipboard.", { failed: !done });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
  };
}

function write(form: Copy, turn: Turn, messages: Message[], session: Session | undefined): string {
  if (form === "markdown") return turnAsMarkdown(turn.index, messages);
  if (form === "json") return turnAsJson(turn, messages);
  const chat = chatMessages(messages);
  if (form === "curl") return curl(chat, turn.models[0] ?? "gpt-5-mini");
  if (form === "openai") return JSON.stringify(chat, null, 2);
  const where = { session_id: session?.session_id, turn: turn.index, trace_id: turn.trace_id };
  return `${datasetLine(chat, turn.output?.text ?? "", { project: session?.project, ...where })}\n`;
}
