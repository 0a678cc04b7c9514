import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { projectsQuery } from "../../api/queries";
import { fromPageSegment, pageName } from "../../core/address";
import { integer } from "../../core/format";
import { type Preference, type Preferences, preference, setPreference } from "../../core/preferences";
import { type Command, traceIdIn } from "./commands";
import { showKeys } from "./keys";
import { recents } from "./recents";
import { lastProject } from "./useProject";

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

/** Everything the palette offers for what was typed. */
export function usePaletteCommands(typed: string): Command[] {
  const navigate = useNavigate();
  const router = useRouter();
  const params = useParams({ strict: false });
  const projects = useQuery(projectsQuery).data?.data ?? [];
  const here = params.project === undefined ? lastProject() : fromPageSegment(params.project);
  const project = here === null ? null : pageName(here);
  const text = typed.trim();
  const commands: Command[] = [];

  const traceId = traceIdIn(text);
  if (traceId) {
    const open = () => void navigate({ to: "/t/$traceId", params: { traceId }, search: {} });
    commands.push({ id: "trace", group: "Found", label: `Open trace ${traceId}`, run: open });
  }
  if (text && project !== null && here !== null) {
    commands.push(
      {
        id: "search",
        group: "Found",
        label: `Search sessions for ${text}`,
        run: () => void navigate({ to: "/p/$project/sessions", params: { project }, search: { q: text } }),
      },
      {
        id: "session-id",
        group: "Found",
        label: `Open session ${text}`,
        detail: "by its id",
        run: () => void navigate({ to: "/s", search: { project: here, session_id: text } }),
      },
      {
        id: "search-traces",
        group: "Found",
        label: `Search traces for ${text}`,
        run: () => void navigate({ to: "/p/$project/traces", params: { project }, search: { q: text } }),
      },
    );
  }
  if (project !== null) {
    const pages = [
      ["Sessions", "/p/$project/sessions", "g s"],
      ["Traces", "/p/$project/traces", "g t"],
      ["Settings", "/p/$project/settings", ""],
    ] as const;
    for (const [label, to, detail] of pages) {
      commands.push({
        ...{ id: label, group: "Go to", label, detail, also: "open page" },
        run: () => void navigate({ to, params: { project }, search: {} }),
      });
    }
  }
  commands.push(
    {
      ...{ id: "connect", group: "Go to", label: "Connect", also: "send arrivals open page" },
      run: () => void navigate({ to: "/connect", search: here === null ? {} : { project: here } }),
    },
    { id: "keys", group: "Go to", label: "Keys", detail: "?", also: "shortcuts help", run: () => setTimeout(showKeys) },
  );
  for (const each of recents()) {
    if (each.href === router.state.location.href) continue;
    commands.push({
      ...{ id: `recent ${each.href}`, group: "Recent", label: each.title },
      run: () => router.history.push(each.href),
    });
  }
  for (const each of projects) {
    if (each.name === here) continue;
    const target = { to: "/p/$project/sessions", params: { project: pageName(each.name) }, search: {} } as const;
    commands.push({
      ...{ id: `project ${each.name}`, group: "Project", label: each.name, also: "switch" },
      detail: integer(each.session_count),
      run: () => void navigate(target),
    });
  }
  for (const [name, word, values] of SETTINGS) {
    for (const [value, words] of values) {
      const set = preference(name) === value;
      commands.push({
        ...{ id: `${name} ${value}`, group: "Set", label: `${word}: ${words}`, detail: set ? "set" : "" },
        run: () => setPreference(name, value as Preferences[typeof name]),
      });
    }
  }
  return commands;
}
