import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { send } from "../../api/client";
import type { Annotation, Span } from "../../api/types";
import { Button } from "../../components/Button";
import { say } from "../../components/Notice";
import { Ago } from "../../components/Time";
import { annotationWords } from "../../core/labels";
import { AnnotationForm } from "./AnnotationForm";
import styles from "./SpanAnnotations.module.css";

/** What people and programs said about this span; and what the reader says. */
export function SpanAnnotations({ project, span }: { project: string; span: Span }) {
  const client = useQueryClient();
  const changed = () => {
    const { trace_id } = span;
    void client.invalidateQueries({ queryKey: ["span", project, trace_id, span.span_id] });
    void client.invalidateQueries({ queryKey: ["trace", project, trace_id] });
    void client.invalidateQueries({ queryKey: ["annotation-names", project] });
  };
  const remove = async (annotation: Annotation) => {
    try {
      await send("DELETE", `/v1/annotations/${encodeURIComponent(annotation.id)}`);
      say(`${annotationWords(annotation)} deleted.`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
    changed();
  };
  return (
    <div className={styles.annotations}>
      {span.annotations.length === 0 && <p className="muted">Nobody has said anything about this span.</p>}
      <ul className={styles.list}>
        {span.annotations.map((each) => (
          <li key={each.id} className={styles.one}>
            <span className={styles.words}>
              <strong className={styles.what}>{annotationWords(each)}</strong>
              {each.explanation && <span className={styles.note}>{each.explanation}</span>}
              <span className={styles.who}>
                {[each.author, each.annotator_kind === "human" ? "" : each.annotator_kind].filter(Boolean).join(", ")}{" "}
                <Ago time={each.updated_at} />
              </span>
            </span>
            <Button
              look="quiet"
              inline
              aria-label={`Delete ${annotationWords(each)}`}
              onClick={() => void remove(each)}
            >
              <X size={14} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <AnnotationForm
        project={project}
        target={{ kind: "span", project, trace_id: span.trace_id, span_id: span.span_id }}
        done={changed}
      />
    </div>
  );
}
