import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { projectsQuery } from "../../api/queries";
import { Menu } from "../../components/Menu";
import { pageName } from "../../core/address";
import { integer } from "../../core/format";
import styles from "./AppBar.module.css";
import { Brand } from "./Brand";
import { Corner } from "./Corner";

interface Props {
  project: string | null;
  tab: "sessions" | "traces" | "connect" | "settings";
  /** Stands before the theme switch: the live mark. */
  children?: ReactNode;
}

/** The bar above every list: where one is, and the ways on. */
export function AppBar({ project, tab, children }: Props) {
  const name = project === null ? null : pageName(project);
  const mark = (id: string) => (id === tab ? "page" : undefined);
  return (
    <header className={styles.bar}>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Brand />
      {project !== null && <ProjectMenu project={project} />}
      <nav aria-label="Main" className={styles.tabs}>
        {name !== null && (
          <>
            <Link to="/p/$project/sessions" params={{ project: name }} search={{}} aria-current={mark("sessions")}>
              Sessions
            </Link>
            <Link to="/p/$project/traces" params={{ project: name }} search={{}} aria-current={mark("traces")}>
              Traces
            </Link>
          </>
        )}
        <Link to="/connect" search={project === null ? {} : { project }} aria-current={mark("connect")}>
          Connect
        </Link>
        {name !== null && (
          <Link to="/p/$project/settings" params={{ project: name }} aria-current={mark("settings")}>
            Settings
          </Link>
        )}
      </nav>
      <span className={styles.rest} />
      {children}
      <Corner />
    </header>
  );
}

function ProjectMenu({ project }: { project: string }) {
  const navigate = useNavigate();
  const { data } = useQuery(projectsQuery);
  const projects = data?.data ?? [];
  return (
    <Menu
      label={`Project ${project}`}
      shown={project}
      chosen={project}
      choices={projects.map((each) => ({ id: each.name, label: each.name, detail: integer(each.session_count) }))}
      choose={(id) => navigate({ to: "/p/$project/sessions", params: { project: pageName(id) }, search: {} })}
    />
  );
}
