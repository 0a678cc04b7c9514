import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../../api/client";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { CopyButton } from "../../components/CopyButton";
import { Skeleton } from "../../components/Skeleton";
import { Broken } from "../../components/State";
import { plural } from "../../core/format";
import { type Otlp, onlySpan, otlpPath } from "./otlp";
import styles from "./RawText.module.css";

/** The server gives a trace's OTLP whole: a large one is asked for only on purpose. */
const UNASKED_SPANS_MAX = 500;

interface Props {
  project: string;
  traceId: string;
  spanId: string;
  spanCount: number;
}

type Form = "pretty" | "line";

/** The span as it was sent, in OTLP/JSON. */
export function RawOtlp({ project, traceId, spanId, spanCount }: Props) {
  const [asked, setAsked] = useState(spanCount <= UNASKED_SPANS_MAX);
  const [form, setForm] = useState<Form>("pretty");
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["otlp", project, traceId],
    queryFn: ({ signal }) => get<Otlp>(otlpPath(project, traceId), {}, signal),
    enabled: asked,
    gcTime: 60_000,
  });
  if (!asked) {
    return (
      <div className={styles.ask}>
        <p>The trace is sent whole: {plural(spanCount, "span")}.</p>
        <Button onClick={() => setAsked(true)}>Load it</Button>
      </div>
    );
  }
  if (error) return <Broken error={error} retry={() => void refetch()} />;
  if (isPending) return <Skeleton width="80%" />;
  const span = onlySpan(data, spanId);
  if (!span) return <p className="muted">The span is not in the export of its trace.</p>;
  const text = form === "pretty" ? JSON.stringify(span, null, 2) : JSON.stringify(span);
  return (
    <section className={styles.block}>
      <div className={styles.top}>
        <Choice
          label="Form"
          options={[
            ["pretty", "Pretty"],
            ["line", "One line"],
          ]}
          chosen={form}
          choose={setForm}
        />
        <span className={styles.rest} />
        <CopyButton text={text} label="Copy the OTLP" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <div className={styles.text} tabIndex={0} role="group" aria-label="OTLP of the span">
        <pre className={`mono ${styles.code}`}>{text}</pre>
      </div>
    </section>
  );
}
