/** One action on many sessions: those picked one by one, or all of the query as many as the reader saw. */

import { ofProject, send, sendForFile } from "../../api/client";
import { filterParameters, type SessionFilter } from "../../api/listQueries";
import type { components } from "../../api/schema";
import { author } from "../../core/author";
import type { Picked } from "./usePicked";

type Request = components["schemas"]["BulkRequest"];
type Answer = components["schemas"]["BulkAnswer"];
export type BulkAction = Pick<Request, "action"> & Partial<Pick<Request, "annotation" | "tag">>;

const IDS_MAX = 1000;

export interface Which {
  project: string;
  filter: SessionFilter;
  picked: Pick<Picked, "ids" | "all">;
  /** Of the query. */
  total: number;
}

export function countOf({ picked, total }: Which): number {
  return picked.all ? total : picked.ids.size;
}

/** How many it was done to. */
export async function act(which: Which, action: BulkAction): Promise<number> {
  const path = ofProject(which.project, "sessions", "bulk");
  const request = { ...action, author: author() };
  if (which.picked.all) {
    const select = { ...filterParameters(which.filter), expected: which.total };
    return (await send<Answer>("POST", path, { ...request, select })).done;
  }
  const ids = [...which.picked.ids];
  let done = 0;
  for (let at = 0; at < ids.length; at += IDS_MAX) {
    done += (await send<Answer>("POST", path, { ...request, ids: ids.slice(at, at + IDS_MAX) })).done;
  }
  return done;
}

/** The picked sessions as one JSONL file, in one request. */
export function jsonl({ project, picked }: Which): Promise<Blob> {
  return sendForFile(ofProject(project, "sessions", "export"), { ids: [...picked.ids], format: "jsonl" });
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
