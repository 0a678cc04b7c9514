/** One way to ask the server. */

import { segment, writeSearch } from "../core/address";

/** What the server said was wrong, in its words; `code` is stable. Status 0: it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export type Parameters = Record<string, string | number | undefined | null>;

export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  const search = writeSearch(
    Object.fromEntries(Object.entries(parameters).filter(([, value]) => value != null)) as Record<string, string>,
  );
  let answer: Response;
  try {
    answer = await fetch(`${path}${search}`, { headers: { Accept: "application/json" }, signal: signal ?? null });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "The server does not answer. Is it still running?");
  }
  if (!answer.ok) throw await problem(answer);
  return (await answer.json()) as T;
}

async function problem(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as { code?: string; detail?: string; title?: string };
    return new ApiError(answer.status, body.code ?? "", body.detail || body.title || `Status ${answer.status}`);
  } catch {
    return new ApiError(answer.status, "", `The server answered ${answer.status}.`);
  }
}

export function ofProject(project: string, ...rest: string[]): string {
  return ["/v1/projects", segment(project), ...rest].join("/");
}

export function ofSession(project: string, id: string, ...rest: string[]): string {
  return ofProject(project, "sessions", encodeURIComponent(id), ...rest);
}

export function ofTrace(project: string, traceId: string, ...rest: string[]): string {
  return ofProject(project, "traces", encodeURIComponent(traceId), ...rest);
}
