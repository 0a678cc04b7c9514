import { useQueryClient } from "@tanstack/react-query";
import type { Span } from "../../api/types";
import { AuthorDialog } from "../session/AuthorDialog";
import { LabelWidget } from "../session/LabelWidget";
import { useLabelling } from "../session/useLabels";
import styles from "./SpanAnnotations.module.css";

/** What people and programs said about this span, and what the reader says. */
export function SpanAnnotations({ project, span }: { project: string; span: Span }) {
  const client = useQueryClient();
  const { trace_id, span_id } = span;
  const renew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["span", project, trace_id, span_id] }),
      client.invalidateQueries({ queryKey: ["trace", project, trace_id] }),
    ]);
  const labels = useLabelling(project, span, renew);
  return (
    <section className={styles.annotations} aria-label="Labels">
      {span.annotations.length === 0 && <p className="muted">Nobody has said anything about this span.</p>}
      <LabelWidget project={project} labels={labels} />
      {labels.asking && <AuthorDialog answer={labels.asking} cancel={labels.cancel} />}
    </section>
  );
}
