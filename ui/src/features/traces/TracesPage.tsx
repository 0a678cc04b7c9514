import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { usePreference } from "../../core/preferences";
import { useEntered } from "../query/useEntered";
import { useLayout } from "../sessions/useColumnChoice";
import { useRoom } from "../sessions/useRoom";
import { AppBar } from "../shell/AppBar";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { TraceList } from "./TraceList";
import { TraceSearch } from "./TraceSearch";
import { traceColumns } from "./traceColumns";

/** All traces of a project, those without a session too. */
export function TracesPage() {
  const project = useProject();
  const search = useSearch({ from: "/p/$project/traces" });
  const navigate = useNavigate({ from: "/p/$project/traces" });
  const { viewport, stacked } = useRoom();
  const [times] = usePreference("times");
  const columns = useMemo(() => traceColumns(project, times), [project, times]);
  const choice = useLayout("traces", project, columns, viewport);
  const entered = useEntered();
  useTitle(`Traces of ${project}`);
  return (
    <>
      <AppBar project={project} tab="traces" />
      <TraceSearch
        project={project}
        search={search}
        choice={choice}
        stacked={stacked}
        entered={entered}
        change={(next, typing = false) =>
          void navigate({ search: (old) => ({ ...old, ...next }), replace: typing, resetScroll: false })
        }
      />
      <TraceList
        key={project}
        project={project}
        filter={search}
        choice={choice}
        stacked={stacked}
        entered={entered}
        width={viewport}
        showAll={() => void navigate({ search: {} })}
      />
    </>
  );
}
