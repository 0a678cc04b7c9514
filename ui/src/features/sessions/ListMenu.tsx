import { useNavigate } from "@tanstack/react-router";
import { ofProject } from "../../api/client";
import { filterParameters } from "../../api/listQueries";
import { type Action, ActionMenu } from "../../components/ActionMenu";
import { pageName, writeSearch } from "../../core/address";
import { type Change, filterOf, type SessionSearch } from "./search";

interface Props {
  project: string;
  search: SessionSearch;
  change: Change;
  /** Where there is no room for them beside the list. */
  openFacets: (() => void) | undefined;
}

const SAMPLE = 30;

/** What can be done with all that the query finds. */
export function ListMenu({ project, search, change, openFacets }: Props) {
  const navigate = useNavigate();
  const { q, since, until } = filterOf(search);
  const review = (seed: string | undefined) =>
    void navigate({
      to: "/p/$project/review",
      params: { project: pageName(project) },
      search: { q, since, until, seed },
    });
  const asked = { ...filterParameters(filterOf(search)), format: "jsonl" };
  const wanted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null));
  const facets: Action[] = openFacets
    ? [{ id: "facets", label: "Narrow by tool, model, end user …", run: openFacets }]
    : [];
  return (
    <ActionMenu
      label="More with these sessions"
      shown="⋯"
      look="plain"
      groups={[
        {
          actions: [
            ...facets,
            { id: "newest", label: "Review, newest first", run: () => review(undefined) },
            { id: "sample", label: `Review ${SAMPLE} at random`, run: () => review(newSeed()) },
            {
              id: "compare",
              label: search.compare ? "Close the comparison" : "Compare with the rest",
              run: () => change({ compare: search.compare ? undefined : "rest" }),
            },
            {
              id: "export",
              label: "Export all as JSONL",
              href: `${ofProject(project, "sessions", "export")}${writeSearch(wanted as Record<string, string>)}`,
            },
          ],
        },
      ]}
    />
  );
}

/** Short enough to read to a colleague. */
function newSeed(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (each) => (each % 36).toString(36)).join("");
}
