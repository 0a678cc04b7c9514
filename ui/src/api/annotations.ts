/** What people say about sessions and turns. */

import { queryOptions } from "@tanstack/react-query";
import { type Name, type NameInUse, namesFrom, type Target } from "../core/labels";
import { get, ofProject, send } from "./client";
import type { Annotation, List } from "./types";

/** The names that may be said in a project, configured ones first. */
export function annotationNamesQuery(project: string) {
  return queryOptions({
    queryKey: ["annotation-names", project],
    queryFn: async ({ signal }): Promise<Name[]> => {
      const path = ofProject(project, "annotation-names");
      return namesFrom((await get<List<NameInUse>>(path, { limit: 1000 }, signal)).data);
    },
    staleTime: 60_000,
  });
}

export interface Said {
  target: Target;
  name: string;
  label?: string | null;
  score?: number | null;
  explanation?: string | null;
  author: string;
}

/** The same author saying the same name of the same target replaces what they said before. */
export function annotate(said: Said): Promise<Annotation> {
  return send<Annotation>("POST", "/v1/annotations", { annotator_kind: "human", ...said });
}

export function removeAnnotation(id: string): Promise<void> {
  return send<void>("DELETE", `/v1/annotations/${encodeURIComponent(id)}`);
}

export function setUpName(project: string, { name, ...setting }: Name): Promise<unknown> {
  return send("PUT", ofProject(project, "annotation-names", encodeURIComponent(name)), setting);
}
