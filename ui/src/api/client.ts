/** One way to ask the server. */

import { segment, writeSearch } from "../core/address";

/** What the server said was wrong, in its words; `code` is stable. Status 0: it could not be reached.
 *  A query that cannot be read says where (in code points, 1 the first) and what could stand there. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly column: number | null = null,
    readonly expected: readonly string[] = [],
  ) {
    super(message);
  }
}

export type Parameters = Record<string, string | number | undefined | null>;

export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  const search = writeSearch(
    Object.fromEntries(Object.entries(parameters).filter(([, value]) => value != null)) as Record<string, string>,
  );
  return ask<T>(`${path}${search}`, { headers: { Accept: "application/json" }, signal: signal ?? null });
}

/** Changes something. An answer without a body is undefined. */
export async function send<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return ask<T>(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
}

/** Asks for something that is kept as it comes. */
export async function sendForFile(path: string, body: unknown): Promise<Blob> {
  const headers = { "Content-Type": "application/json" };
  return (await answered(path, { method: "POST", headers, body: JSON.stringify(body) })).blob();
}

async function ask<T>(address: string, request: RequestInit): Promise<T> {
  const answer = await answered(address, request);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function answered(address: string, request: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "The server does not answer. Is it still running?");
  }
  if (!answer.ok) throw await problem(answer);
  return answer;
}

interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  column?: number;
  expected?: string[];
}

async function problem(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as Problem;
    const words = body.detail || body.title || `Status ${answer.status}`;
    return new ApiError(answer.status, body.code ?? "", words, body.column ?? null, body.expected ?? []);
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
