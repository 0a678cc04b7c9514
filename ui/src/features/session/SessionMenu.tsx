import { MoreHorizontal } from "lucide-react";
import { ofSession } from "../../api/client";
import { ActionMenu } from "../../components/ActionMenu";
import { integer } from "../../core/format";
import type { SessionActions } from "./SessionHeader";

interface Props {
  project: string;
  id: string;
  turn: number;
  actions: SessionActions;
}

/** Everything that is done with a whole session. */
export function SessionMenu({ project, id, turn, actions }: Props) {
  const exported = (format: string, ending: string, until = "") => ({
    href: `${ofSession(project, id, "export")}?format=${format}${until && `&until_turn=${until}`}`,
    file: `session-${id}${until && `-${until}`}.${ending}`,
  });
  return (
    <ActionMenu
      look="plain"
      label="Actions on the session"
      shown={<MoreHorizontal size={16} aria-hidden />}
      groups={[
        {
          title: "Session",
          actions: [
            { id: "compare", label: "Compare with…", run: actions.compare },
            { id: "link", label: "Copy link to this turn", detail: "c", run: actions.copyLink },
            { id: "delete", label: "Delete…", run: actions.remove },
          ],
        },
        {
          title: "Export",
          actions: [
            { id: "jsonl", label: "JSONL", ...exported("jsonl", "jsonl") },
            { id: "markdown", label: "Markdown", ...exported("markdown", "md") },
            { id: "otlp", label: "OTLP", href: ofSession(project, id, "otlp"), file: `session-${id}.otlp` },
            { id: "openai", label: "OpenAI fine-tuning messages", ...exported("openai", "jsonl") },
            {
              id: "openai-cut",
              label: `OpenAI fine-tuning messages up to turn ${integer(turn)}`,
              ...exported("openai", "jsonl", String(turn)),
            },
          ],
        },
      ]}
    />
  );
}
