import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ofProject, send } from "../../api/client";
import { viewsQuery } from "../../api/listQueries";
import type { View } from "../../api/types";
import { type Action, ActionMenu } from "../../components/ActionMenu";
import { say } from "../../components/Notice";
import { copyText } from "../../core/clipboard";
import { toRange } from "../../core/viewRange";
import { type Change, DEFAULT_SORT, type SessionSearch } from "../sessions/search";
import type { ColumnChoice } from "../sessions/useColumnChoice";
import { searchOf, useFollowedView } from "./useFollowedView";
import { ViewDialog } from "./ViewDialog";
import styles from "./ViewsMenu.module.css";

interface Props {
  project: string;
  search: SessionSearch;
  change: Change;
  choice: ColumnChoice;
}

/** Lists worth coming back to: query, time, order and columns under a name, for everyone in the project. */
export function ViewsMenu({ project, search, change, choice }: Props) {
  const client = useQueryClient();
  const views = useQuery(viewsQuery(project)).data?.data ?? [];
  const current = views.find((each) => each.id === search.view);
  useFollowedView(current, search, change, choice);
  const place = useRef<HTMLSpanElement>(null);
  const button = () => place.current?.querySelector("button");
  const [asking, ask] = useState<"save" | "rename" | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: viewsQuery(project).queryKey });
  const tried = async (done: () => Promise<unknown>, words: string) => {
    try {
      await done();
      say(words);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
    await refresh();
  };
  const open = (view: View) => {
    if (view.columns.length > 0) choice.take(view.columns);
    change(searchOf(view));
  };
  const asIs = (name: string) => ({
    name,
    query: search.q ?? "",
    columns: choice.all.filter((each) => each.shown).map((each) => each.column.id),
    sort: search.sort ?? DEFAULT_SORT,
    time_range: toRange(search),
  });
  const path = (id?: string) => ofProject(project, "views", ...(id ? [encodeURIComponent(id)] : []));
  const save = async (name: string) => {
    ask(null);
    await tried(async () => {
      const saved = await send<View>("POST", path(), asIs(name));
      change({ view: saved.id }, true);
    }, `Saved as “${name}”.`);
  };
  const replace = (view: View, name: string, words: string) =>
    void tried(() => send("PUT", path(view.id), asIs(name)), words);
  const own: Action[] = current
    ? [
        { id: "update", label: `Save as “${current.name}” again`, run: () => replace(current, current.name, "Saved.") },
        { id: "rename", label: "Rename…", run: () => ask("rename") },
        {
          id: "share",
          label: "Copy the address",
          run: () => void copyText(window.location.href).then((done) => say(done ? "Address copied." : "Not copied.")),
        },
        {
          id: "delete",
          label: `Delete “${current.name}”`,
          run: () => {
            change({ view: undefined }, true);
            void tried(() => send("DELETE", path(current.id)), `“${current.name}” deleted.`);
          },
        },
      ]
    : [];
  return (
    <>
      <span ref={place} className={styles.place}>
        <ActionMenu
          label={current ? `View ${current.name}` : "Views"}
          shown={`${current ? shortened(current.name) : "Views"} ▾`}
          look="plain"
          groups={[
            ...(views.length > 0
              ? [
                  {
                    title: "Saved views",
                    actions: views.map((view) => ({
                      id: view.id,
                      label: view.name,
                      detail: view.id === search.view ? "✓" : "",
                      run: () => open(view),
                    })),
                  },
                ]
              : []),
            { actions: [...own, { id: "save", label: "Save this list as a view…", run: () => ask("save") }] },
          ]}
        />
      </span>
      {asking === "save" && (
        <ViewDialog title="Save this list" name="" answer={save} close={() => ask(null)} opener={button} />
      )}
      {asking === "rename" && current && (
        <ViewDialog
          title="Rename the view"
          name={current.name}
          answer={(name) => {
            ask(null);
            void tried(() => send("PUT", path(current.id), { ...current, name }), `Now called “${name}”.`);
          }}
          close={() => ask(null)}
          opener={button}
        />
      )}
    </>
  );
}

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
