import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { sessionNamedQuery, viewsQuery } from "../../api/listQueries";
import { projectsQuery } from "../../api/queries";
import type { Project, Session, View } from "../../api/types";
import { fromPageSegment, pageName, sessionPath, sessionsPath, tracesPath } from "../../core/address";
import { integer } from "../../core/format";
import { type Preference, type Preferences, preference, setPreference } from "../../core/preferences";
import { fromRange } from "../../core/viewRange";
import { type Command, linkIn, traceIdIn } from "./commands";
import { showKeys } from "./keys";
import { recents } from "./recents";
import { lastProject } from "./useProject";
import { useSettled } from "./useSettled";

const SETTINGS: readonly [Preference, string, readonly (readonly [string, string])[]][] = [
  [
    "theme",
    "Theme",
    [
      ["light", "light"],
      ["dark", "dark"],
      ["auto", "as the system"],
    ],
  ],
  [
    "density",
    "Rows",
    [
      ["comfortable", "comfortable"],
      ["compact", "compact"],
    ],
  ],
  [
    "zone",
    "Times in",
    [
      ["viewer", "my time zone"],
      ["utc", "UTC"],
    ],
  ],
  [
    "times",
    "Times",
    [
      ["relative", "relative"],
      ["exact", "exact"],
    ],
  ],
  [
    "live",
    "Live",
    [
      ["on", "on"],
      ["off", "off"],
    ],
  ],
  [
    "singleKeys",
    "Single keys",
    [
      ["on", "on"],
      ["off", "off"],
    ],
  ],
];

type Navigate = ReturnType<typeof useNavigate>;
type Open = (href: string) => void;

const PAUSE_MS = 120;

/** Everything the palette offers for what was typed. */
export function usePaletteCommands(typed: string): Command[] {
  const navigate = useNavigate();
  const router = useRouter();
  const params = useParams({ strict: false });
  const projects = useQuery(projectsQuery).data?.data ?? [];
  const here = params.project === undefined ? lastProject() : fromPageSegment(params.project);
  const views = useQuery({ ...viewsQuery(here ?? ""), enabled: here !== null }).data?.data ?? [];
  const named = useSessionNamed(here, typed);
  const open = (href: string) => router.history.push(href);
  return [
    ...found(typed.trim(), here, named, open),
    ...pages(here, navigate),
    ...savedViews(views, navigate),
    ...recent(router.state.location.href, open),
    ...otherProjects(projects, here, navigate),
    ...settings(),
  ];
}

const SESSION_ID_MAX = 4096;

/** The session of this id, if there is one. Nothing is asked while one types, nor for words. */
function useSessionNamed(project: string | null, typed: string): Session | undefined {
  const id = useSettled(typed.trim(), PAUSE_MS);
  const asked = project !== null && id.length > 1 && id.length <= SESSION_ID_MAX && id === typed.trim();
  const { data } = useQuery({ ...sessionNamedQuery(project ?? "", id), enabled: asked });
  return asked ? data?.data[0] : undefined;
}

/** What a pasted id, a link or words may mean. */
function found(text: string, here: string | null, named: Session | undefined, open: Open): Command[] {
  const group = "Found" as const;
  const commands: Command[] = [];
  const link = linkIn(text, location.origin);
  if (link) commands.push({ id: "link", group, sure: true, label: `Open ${link}`, run: () => open(link) });
  const traceId = traceIdIn(text);
  if (traceId) {
    const run = () => open(`/t/${traceId}`);
    commands.push({ id: "trace", group, sure: true, label: `Open trace ${traceId}`, run });
  }
  if (named) {
    const run = () => open(sessionPath(named.project, named.id));
    commands.push({ id: "session-id", group, sure: true, label: `Open session ${named.session_id}`, run });
  }
  if (!text || link || here === null) return commands;
  const search = (what: string, path: typeof sessionsPath): Command => ({
    ...{ id: `search ${what}`, group, label: `Search ${what} for ${text}` },
    run: () => open(path(here, { q: text })),
  });
  return [...commands, search("sessions", sessionsPath), search("traces", tracesPath)];
}

const PAGES = [
  ["Sessions", "/p/$project/sessions", "g s"],
  ["Traces", "/p/$project/traces", "g t"],
  ["Settings", "/p/$project/settings", ""],
] as const;

function pages(here: string | null, navigate: Navigate): Command[] {
  const ofProject: Command[] = [];
  for (const [label, to, detail] of here === null ? [] : PAGES) {
    const run = () => void navigate({ to, params: { project: pageName(here ?? "") }, search: {} });
    ofProject.push({ id: label, group: "Go to", label, detail, also: "open page", run });
  }
  return [
    ...ofProject,
    {
      ...{ id: "connect", group: "Go to", label: "Connect", also: "send arrivals open page" },
      run: () => void navigate({ to: "/connect", search: here === null ? {} : { project: here } }),
    },
    { id: "keys", group: "Go to", label: "Keys", detail: "?", also: "shortcuts help", run: () => setTimeout(showKeys) },
  ];
}

function savedViews(views: readonly View[], navigate: Navigate): Command[] {
  return views.map((view) => ({
    ...{ id: `view ${view.id}`, group: "View", label: view.name, detail: view.query, also: "saved open" },
    run: () =>
      void navigate({
        to: "/p/$project/sessions",
        params: { project: pageName(view.project) },
        search: { q: view.query || undefined, sort: view.sort, ...fromRange(view.time_range), view: view.id },
      }),
  }));
}

function recent(now: string, open: (href: string) => void): Command[] {
  return recents()
    .filter((each) => each.href !== now)
    .map((each) => ({
      ...{ id: `recent ${each.href}`, group: "Recent", label: each.title },
      run: () => open(each.href),
    }));
}

function otherProjects(projects: readonly Project[], here: string | null, navigate: Navigate): Command[] {
  return projects
    .filter((each) => each.name !== here)
    .map((each) => ({
      ...{ id: `project ${each.name}`, group: "Project", label: each.name, also: "switch" },
      detail: integer(each.session_count),
      run: () => void navigate({ to: "/p/$project/sessions", params: { project: pageName(each.name) }, search: {} }),
    }));
}

function settings(): Command[] {
  return SETTINGS.flatMap(([name, word, values]) =>
    values.map(([value, words]) => ({
      ...{ id: `${name} ${value}`, group: "Set" as const, label: `${word}: ${words}` },
      detail: preference(name) === value ? "set" : "",
      run: () => setPreference(name, value as Preferences[typeof name]),
    })),
  );
}
