import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  stripSearchParams,
} from "@tanstack/react-router";
import { Fragment } from "react";
import { facetsQuery, projectsQuery, sessionsQuery, statsQuery } from "../api/queries";
import { prefetchSession } from "../api/sessionBlocks";
import { markdown } from "../components/parts";
import { Broken } from "../components/State";
import { fromPageSegment, parseSearch, writeSearch } from "../core/address";
import { usePreference } from "../core/preferences";
import { Home } from "../features/links/Home";
import { NotFound } from "../features/links/NotFound";
import { wordsSaid } from "../features/session/wordsSaid";
import { SessionsPage } from "../features/sessions/SessionsPage";
import { cleanSearch } from "../features/sessions/search";
import { Shell } from "../features/shell/Shell";

type Texts<K extends string> = { [key in K]?: string | undefined };

function only<K extends string>(...keys: K[]) {
  return (search: Record<string, unknown>): Texts<K> =>
    Object.fromEntries(keys.filter((key) => search[key]).map((key) => [key, String(search[key])])) as Texts<K>;
}

function Root() {
  // Every time on the page is told anew when the zone changes.
  const [zone] = usePreference("zone");
  return (
    <>
      <Fragment key={zone}>
        <Outlet />
      </Fragment>
      <Shell />
    </>
  );
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFound,
});

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/sessions",
  validateSearch: cleanSearch,
  search: { middlewares: [stripSearchParams({ sort: "-last_activity" })] },
  loaderDeps: ({ search }) => search,
  // Asked for while the page draws its bars; the components show what is missing.
  loader: ({ context, params, deps }) => {
    const project = fromPageSegment(params.project);
    void context.client.prefetchInfiniteQuery(sessionsQuery(project, deps));
    void context.client.prefetchQuery(statsQuery(project, deps));
    void context.client.prefetchQuery(facetsQuery(project, deps));
    void context.client.prefetchQuery(projectsQuery);
  },
  component: SessionsPage,
});

const review = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/review",
  validateSearch: only("q", "since", "until", "seed", "at"),
  component: lazyRouteComponent(() => import("../features/review/ReviewPage"), "ReviewPage"),
});

interface Entering {
  cause: string;
  search: Texts<"turn" | "message" | "show" | "q" | "at">;
}

/** A list's whole query may be handed on: in one session its words are looked for. What is typed there stays. */
function onlyWords({ cause, search }: Entering): void {
  const words = wordsSaid(search.q ?? "");
  if (cause !== "enter" || words === (search.q ?? "")) return;
  throw redirect({ to: ".", search: { ...search, q: words || undefined }, replace: true });
}

const session = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/sessions/$id",
  validateSearch: only("turn", "message", "show", "q", "at"),
  beforeLoad: onlyWords,
  // What is read first is asked for while the page's code is on its way; once, for reading on changes the address.
  loader: ({ context, params, location }) => {
    void markdown.load();
    const { turn } = only("turn")(location.search);
    prefetchSession(context.client, fromPageSegment(params.project), params.id, Number(turn) || 1);
  },
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => import("../features/session/SessionPage"), "SessionPage"),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/compare",
  validateSearch: only("a", "b"),
  component: lazyRouteComponent(() => import("../features/compare/ComparePage"), "ComparePage"),
});

const traces = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/traces",
  validateSearch: only("q", "since", "until", "only", "session"),
  component: lazyRouteComponent(() => import("../features/traces/TracesPage"), "TracesPage"),
});

const trace = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/traces/$traceId",
  validateSearch: only("span", "tab", "kind", "name", "errors"),
  component: lazyRouteComponent(() => import("../features/trace/TracePage"), "TracePage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/settings",
  component: lazyRouteComponent(() => import("../features/settings/SettingsPage"), "SettingsPage"),
});

const settingsSection = createRoute({
  getParentRoute: () => root,
  path: "/p/$project/settings/$section",
  validateSearch: only("user", "deletion"),
  component: lazyRouteComponent(() => import("../features/settings/SettingsPage"), "SettingsPage"),
});

const connect = createRoute({
  getParentRoute: () => root,
  path: "/connect",
  validateSearch: only("project"),
  component: lazyRouteComponent(() => import("../features/connect/ConnectPage"), "ConnectPage"),
});

const sessionLink = createRoute({
  getParentRoute: () => root,
  path: "/s",
  validateSearch: only("project", "session_id"),
  component: lazyRouteComponent(() => import("../features/links/SessionLink"), "SessionLink"),
});

const sessionLinkByPath = createRoute({
  getParentRoute: () => root,
  path: "/s/$project/$",
  component: lazyRouteComponent(() => import("../features/links/SessionLink"), "SessionLinkByPath"),
});

const traceLink = createRoute({
  getParentRoute: () => root,
  path: "/t/$traceId",
  validateSearch: only("span"),
  component: lazyRouteComponent(() => import("../features/links/TraceLink"), "TraceLink"),
});

const project = createRoute({ getParentRoute: () => root, path: "/p/$project", component: Home });

const routeTree = root.addChildren([
  home,
  project,
  sessions,
  review,
  session,
  compare,
  traces,
  trace,
  settings,
  settingsSection,
  connect,
  sessionLink,
  sessionLinkByPath,
  traceLink,
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch,
    stringifySearch: writeSearch,
    scrollRestoration: false,
    defaultPreload: false,
    defaultErrorComponent: ({ error, reset }) => <Broken error={error} retry={reset} />,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
