import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "@tanstack/react-router";
import { projectsQuery } from "../../api/queries";
import { Broken } from "../../components/State";
import { pageName } from "../../core/address";
import { FirstSession } from "../connect/FirstSession";
import { AppBar } from "../shell/AppBar";
import { lastProject } from "../shell/useProject";

/** `/`: the project seen last, else the one with the newest traffic; before any, how to send. */
export function Home() {
  const { project } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(projectsQuery);
  if (project) return <Navigate to="/p/$project/sessions" params={{ project }} search={{}} replace />;
  if (error) return <Broken error={error} retry={() => void refetch()} />;
  if (!data) return <AppBar project={null} tab="sessions" />;
  const names = data.data.map((each) => each.name);
  const last = lastProject();
  const newest = [...data.data].sort((a, b) => (b.last_activity ?? "").localeCompare(a.last_activity ?? ""))[0];
  const chosen = last !== null && names.includes(last) ? last : newest?.name;
  if (chosen !== undefined) {
    return <Navigate to="/p/$project/sessions" params={{ project: pageName(chosen) }} search={{}} replace />;
  }
  return (
    <>
      <AppBar project={null} tab="sessions" />
      <main id="content">
        <FirstSession project={null} others={[]} />
      </main>
    </>
  );
}
