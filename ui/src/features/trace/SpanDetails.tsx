import { useQuery } from "@tanstack/react-query";
import { spanQuery } from "../../api/queries";
import type { Span } from "../../api/types";
import { Skeleton } from "../../components/Skeleton";
import { Broken } from "../../components/State";
import { Tabs } from "../../components/Tabs";
import { integer } from "../../core/format";
import { Attributes } from "./Attributes";
import { Events } from "./Events";
import { Links } from "./Links";
import { RawOtlp } from "./RawOtlp";
import { RawText } from "./RawText";
import { SpanAnnotations } from "./SpanAnnotations";
import styles from "./SpanDetails.module.css";
import { hasMessages, SpanMessages } from "./SpanMessages";
import { SpanTop } from "./SpanTop";

interface Props {
  project: string;
  traceId: string;
  spanId: string;
  /** Of the whole trace. */
  spanCount: number;
  tab: string;
  setTab: (tab: string) => void;
}

/** One span, whole. */
export function SpanDetails({ project, traceId, spanId, spanCount, tab, setTab }: Props) {
  const { data: span, error, refetch } = useQuery(spanQuery(project, traceId, spanId));
  if (error) return <Broken error={error} retry={() => void refetch()} />;
  if (!span) {
    return (
      <div className={styles.details} role="status" aria-label="Loading the span">
        <Skeleton width="50%" height="1.5rem" />
        <Skeleton width="90%" />
        <Skeleton width="70%" />
      </div>
    );
  }
  const tabs = [
    ...(hasMessages(span) ? [{ id: "messages", label: "Messages", panel: () => <SpanMessages span={span} /> }] : []),
    { id: "io", label: "Input/output", panel: () => <InputOutput span={span} /> },
    { id: "attributes", label: counted("Attributes", span.attributes), panel: () => <Attributes span={span} /> },
    { id: "events", label: counted("Events", span.events), panel: () => <Events span={span} /> },
    ...(span.links.length
      ? [{ id: "links", label: counted("Links", span.links), panel: () => <Links span={span} /> }]
      : []),
    {
      id: "annotations",
      label: counted("Annotations", span.annotations),
      panel: () => <SpanAnnotations project={project} span={span} />,
    },
    {
      id: "raw",
      label: "Raw OTLP",
      panel: () => <RawOtlp project={project} traceId={traceId} spanId={spanId} spanCount={spanCount} />,
    },
  ];
  return (
    <div className={styles.details}>
      <SpanTop span={span} />
      <Tabs label="Span" tabs={tabs} chosen={tab} choose={setTab} />
    </div>
  );
}

function counted(word: string, list: readonly unknown[]): string {
  return list.length ? `${word} ${integer(list.length)}` : word;
}

function InputOutput({ span }: { span: Span }) {
  if (!span.input && !span.output) return <p className="muted">This span carries neither input nor output.</p>;
  return (
    <div className={styles.stack}>
      {span.input && <RawText title="Input" text={span.input} />}
      {span.output && <RawText title="Output" text={span.output} />}
    </div>
  );
}
