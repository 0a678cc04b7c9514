import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { sessionsQuery } from "../../api/listQueries";
import { Notice } from "../../components/Notice";
import { SidePanel } from "../../components/SidePanel";
import { usePreference } from "../../core/preferences";
import { Figures } from "../figures/Figures";
import { useEntered } from "../query/useEntered";
import { AppBar } from "../shell/AppBar";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { ViewsMenu } from "../views/ViewsMenu";
import { BulkBar } from "./BulkBar";
import { ColumnsMenu } from "./ColumnsMenu";
import { DIFFERENCES_WIDTH, Differences, DOCKED_FROM } from "./Differences";
import { Facets } from "./Facets";
import { ListMenu } from "./ListMenu";
import { LiveSwitch } from "./LiveSwitch";
import { SearchRow } from "./SearchRow";
import { SessionList } from "./SessionList";
import styles from "./SessionsPage.module.css";
import { type Change, filterOf } from "./search";
import { useColumnChoice } from "./useColumnChoice";
import { useNews } from "./useNews";
import { usePicked } from "./usePicked";
import { FACETS_FROM, useRoom } from "./useRoom";

/** What people say to the application: the sessions of a project. */
export function SessionsPage() {
  const project = useProject();
  const search = useSearch({ from: "/p/$project/sessions" });
  const navigate = useNavigate({ from: "/p/$project/sessions" });
  useTitle(project);
  const client = useQueryClient();
  const change: Change = (next, typing = false) => {
    // The question is on its way while the page takes in its new address.
    void client.prefetchInfiniteQuery(sessionsQuery(project, filterOf({ ...search, ...next })));
    void navigate({ search: (old) => ({ ...old, ...next }), replace: typing, resetScroll: false });
  };
  const { q, since, until, sort } = search;
  const filter = useMemo(() => filterOf({ q, since, until, sort }), [q, since, until, sort]);
  const [live] = usePreference("live");
  const news = useNews(project, filter, live === "on");
  const comparing = search.compare === "rest";
  const room = useRoom(comparing ? DIFFERENCES_WIDTH : 0);
  const choice = useColumnChoice(project, room);
  const picked = usePicked(JSON.stringify([project, filter]));
  const entered = useEntered();
  const [drawer, setDrawer] = useState(false);
  const picking = picked.ids.size > 0 || picked.all;
  const beside = room.viewport >= FACETS_FROM;
  return (
    <>
      <AppBar project={project} tab="sessions">
        <LiveSwitch state={news.connection} />
      </AppBar>
      <SearchRow project={project} search={search} change={change} entered={entered} stacked={room.stacked}>
        <ViewsMenu project={project} search={search} change={change} choice={choice} />
        {!room.stacked && <ColumnsMenu choice={choice} />}
        <ListMenu
          project={project}
          search={search}
          change={change}
          openFacets={beside ? undefined : () => setDrawer(true)}
        />
      </SearchRow>
      <Figures
        project={project}
        search={search}
        change={change}
        stacked={room.stacked}
        instead={
          picking && beside
            ? (folded) => <BulkBar project={project} filter={filter} picked={picked} folded={folded} />
            : undefined
        }
      />
      <div className={styles.below} data-covered={(picking && !beside) || undefined}>
        <SidePanel
          label="In these sessions"
          side="start"
          docked={beside}
          open={drawer}
          close={() => setDrawer(false)}
          width={beside ? 216 : 320}
        >
          <Facets project={project} filter={filter} change={change} />
        </SidePanel>
        <SessionList
          project={project}
          filter={filter}
          change={change}
          news={news}
          room={room}
          choice={choice}
          picked={picked}
          entered={entered}
        />
        <Differences
          project={project}
          filter={filter}
          change={change}
          open={comparing}
          docked={room.viewport >= DOCKED_FROM}
        />
      </div>
      {picking && !beside && <BulkBar project={project} filter={filter} picked={picked} below narrow={room.stacked} />}
      <Notice />
    </>
  );
}
