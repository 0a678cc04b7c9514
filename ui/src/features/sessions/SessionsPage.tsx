import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { statsQuery } from "../../api/queries";
import { AppBar } from "../shell/AppBar";
import { Live } from "../shell/Live";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { Facets } from "./Facets";
import { SearchRow } from "./SearchRow";
import { SessionList } from "./SessionList";
import styles from "./SessionsPage.module.css";
import { Strip } from "./Strip";
import type { Change } from "./search";
import { useNews } from "./useNews";

/** What people say to the application: the sessions of a project. */
export function SessionsPage() {
  const project = useProject();
  const filter = useSearch({ from: "/p/$project/sessions" });
  const navigate = useNavigate({ from: "/p/$project/sessions" });
  useTitle(project);
  const change: Change = (next) => void navigate({ search: (old) => ({ ...old, ...next }) });
  const stats = useQuery(statsQuery(project, filter));
  const news = useNews(project, filter);
  return (
    <>
      <AppBar project={project} tab="sessions">
        <Live state={news.connection} />
      </AppBar>
      <SearchRow filter={filter} change={change} />
      <Strip stats={stats.data} failed={stats.isError} />
      <div className={styles.below}>
        <Facets project={project} filter={filter} change={change} />
        <SessionList
          key={JSON.stringify([project, filter])}
          project={project}
          filter={filter}
          change={change}
          news={news}
        />
      </div>
    </>
  );
}
