import { Link, useParams } from "@tanstack/react-router";
import { Notice } from "../../components/Notice";
import { pageName } from "../../core/address";
import { AppBar } from "../shell/AppBar";
import { useProject } from "../shell/useProject";
import { useTitle } from "../shell/useTitle";
import { EraseSettings } from "./EraseSettings";
import { LabelSettings } from "./LabelSettings";
import { ReaderSettings } from "./ReaderSettings";
import styles from "./SettingsPage.module.css";

const SECTIONS = [
  { id: "labels", title: "Labels", body: LabelSettings },
  { id: "reader", title: "This browser", body: ReaderSettings },
  { id: "delete", title: "Delete an end user", body: EraseSettings },
] as const;

/** What a project and its reader set, one section at a time. */
export function SettingsPage() {
  const project = useProject();
  const { section = "labels" } = useParams({ strict: false });
  const shown = SECTIONS.find((each) => each.id === section) ?? SECTIONS[0];
  const { body: Body } = shown;
  useTitle(`${shown.title}, ${project}`);
  return (
    <>
      <AppBar project={project} tab="settings" />
      <div className={styles.page}>
        <nav aria-label="Settings" className={styles.sections}>
          {SECTIONS.map((each) => (
            <Link
              key={each.id}
              to="/p/$project/settings/$section"
              params={{ project: pageName(project), section: each.id }}
              search={{}}
              className={styles.link}
              aria-current={each === shown ? "page" : undefined}
            >
              {each.title}
            </Link>
          ))}
        </nav>
        <main id="content" tabIndex={-1} className={styles.content}>
          <h1 className={styles.title}>{shown.title}</h1>
          <Body project={project} />
        </main>
      </div>
      <Notice />
    </>
  );
}
