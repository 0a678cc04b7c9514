import { X } from "lucide-react";
import type { TraceFilter } from "../../api/queries";
import { Button } from "../../components/Button";
import { QueryBox } from "../query/QueryBox";
import type { Entered } from "../query/useEntered";
import { ColumnsMenu } from "../sessions/ColumnsMenu";
import row from "../sessions/SearchRow.module.css";
import { TimeMenu } from "../sessions/TimeMenu";
import type { ColumnChoice } from "../sessions/useColumnChoice";
import type { TraceColumn } from "./traceColumns";

interface Props {
  project: string;
  search: TraceFilter;
  change: (next: TraceFilter, typing?: boolean) => void;
  choice: ColumnChoice<TraceColumn>;
  stacked: boolean;
  entered: Entered;
}

/** The same box as above the sessions, the time, and whether traces of a session are meant at all. */
export function TraceSearch({ project, search, change, choice, stacked, entered }: Props) {
  const without = search.only === "without-session";
  return (
    <div className={row.row}>
      <QueryBox
        project={project}
        scope="traces"
        value={search.q ?? ""}
        onChange={(query, typing) => change({ q: query.trim() ? query : undefined }, typing)}
        onEnter={entered.want}
      />
      {search.session && (
        <Button onClick={() => change({ session: undefined })} aria-label="Remove the session">
          One session <X size={14} aria-hidden />
        </Button>
      )}
      <TimeMenu range={search} change={change} />
      <Button aria-pressed={without} onClick={() => change({ only: without ? undefined : "without-session" })}>
        {without ? "✓ " : ""}Without session
      </Button>
      {!stacked && <ColumnsMenu choice={choice} />}
    </div>
  );
}
