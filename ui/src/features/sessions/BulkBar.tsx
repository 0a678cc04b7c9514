import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { ofProject } from "../../api/client";
import { filterParameters, type SessionFilter, statsQuery } from "../../api/listQueries";
import { ActionMenu } from "../../components/ActionMenu";
import { Button } from "../../components/Button";
import { say } from "../../components/Notice";
import { writeSearch } from "../../core/address";
import { integer, plural } from "../../core/format";
import styles from "./BulkBar.module.css";
import { BulkDialog, type BulkKind } from "./BulkDialog";
import { act, type BulkAction, countOf, download, jsonl, type Which } from "./bulk";
import type { Picked } from "./usePicked";

interface Props {
  project: string;
  filter: SessionFilter;
  picked: Picked;
  /** One line high. */
  folded?: boolean;
  /** Under the list, where the figures leave no room. */
  below?: boolean;
  /** Room for one thing to do: the others are in a menu. */
  narrow?: boolean;
}

/** Stands where the figures stood while sessions are picked, just as high, or under the list: no row moves. */
export function BulkBar({ project, filter, picked, folded = false, below = false, narrow = false }: Props) {
  const client = useQueryClient();
  const stats = useQuery(statsQuery(project, filter));
  const total = stats.data?.sessions ?? 0;
  const which: Which = { project, filter, picked, total };
  const count = countOf(which);
  const [asking, ask] = useState<BulkKind | null>(null);
  const refresh = () =>
    Promise.all(
      ["sessions", "stats", "facets", "session", "annotation-names", "projects"].map((kind) =>
        client.invalidateQueries({ queryKey: kind === "projects" ? [kind] : [kind, project] }),
      ),
    );
  const run = async (action: BulkAction, words: (done: number) => string) => {
    ask(null);
    try {
      const done = await act(which, action);
      say(words(done));
      if (action.action === "delete") picked.clear();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
    await refresh();
  };
  const save = async () => {
    if (picked.all) {
      const wanted = Object.entries({ ...filterParameters(filter), format: "jsonl" }).filter(
        ([, value]) => value != null,
      );
      window.location.assign(
        `${ofProject(project, "sessions", "export")}${writeSearch(Object.fromEntries(wanted) as Record<string, string>)}`,
      );
      return;
    }
    try {
      download(await jsonl(which), `${project}.jsonl`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
  };
  const bar = useRef<HTMLElement>(null);
  // Who let go of the sessions here goes on in the list.
  useLayoutEffect(() => {
    const element = bar.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      const rows = "#content [data-row]";
      const next = document.querySelector(`${rows}[data-selected] a`) ?? document.querySelector(`${rows} a`);
      (next as HTMLElement | null)?.focus({ preventScroll: true });
    };
  }, []);
  const more = !picked.all && total > picked.ids.size;
  const all = { id: "all", label: `Pick all ${integer(total)} that match`, run: picked.takeAll };
  const actions = [
    { id: "label", label: "Label…", run: () => ask("annotate") },
    { id: "tag", label: "Tag…", run: () => ask("tag") },
    { id: "export", label: "Export JSONL", run: () => void save() },
    { id: "delete", label: "Delete…", run: () => ask("delete") },
  ];
  return (
    <section
      ref={bar}
      className={styles.bar}
      data-folded={folded || undefined}
      data-below={below || undefined}
      aria-label="Picked sessions"
    >
      <p className={styles.count} role="status">
        {plural(count, "session")} picked
      </p>
      {narrow ? (
        <span className={styles.actions}>
          <ActionMenu
            look="plain"
            label="What to do with the picked sessions"
            shown="With them ▾"
            groups={[{ actions: more ? [all, ...actions] : actions }]}
          />
        </span>
      ) : (
        <>
          {more && <Button onClick={all.run}>{all.label}</Button>}
          <span className={styles.actions}>
            {actions.map((each) => (
              <Button key={each.id} onClick={each.run}>
                {each.label}
              </Button>
            ))}
          </span>
        </>
      )}
      <Button look="quiet" onClick={picked.clear} title="Esc">
        Let go
      </Button>
      {asking && <BulkDialog kind={asking} project={project} count={count} run={run} close={() => ask(null)} />}
    </section>
  );
}
