/** The API's shapes, by the names that the server gives them; `schema.ts` is made from openapi.json. */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Project = Schemas["Project"];
export type Named = Schemas["Named"];
export type Tool = Schemas["Tool"];
export type Hits = Schemas["Hits"];
export type Annotation = Schemas["Annotation"];
export type Session = Schemas["Session"];
export type Text = Schemas["Text"];
export type Turn = Schemas["Turn"];
export type ToolCall = Schemas["ToolCall"];
export type Document = Schemas["Document"];
export type Message = Schemas["Message"];
export type Outline = Schemas["Outline"];
export type Trace = Schemas["Trace"];
export type SpanSummary = Schemas["SpanSummary"];
export type Attribute = Schemas["Attribute"];
export type SpanMessage = Schemas["SpanMessage"];
export type Span = Schemas["Span"];
export type Bucket = Schemas["Bucket"];
export type Stats = Schemas["Stats"];
export type Facet = Schemas["Facet"];
export type Arrival = Schemas["Arrival"];
export type LiveEvent = Schemas["LiveEvent"];
export type ResolvedSession = Schemas["ResolvedSession"];
export type ResolvedTrace = Schemas["ResolvedTrace"];
export type Facets = Schemas["Facets"];
export type FacetValue = Schemas["FacetValue"];
export type Difference = Schemas["Difference"];
export type Differences = Schemas["Differences"];
export type Range = Schemas["Range"];
export type NameMatch = Schemas["NameMatch"];
export type AnnotationName = Schemas["AnnotationName"];
export type AnnotationSetting = Schemas["AnnotationSetting"];
export type View = Schemas["View"];
export type NewView = Schemas["NewView"];
export type Query = Schemas["Query"];
export type QueryProblem = Schemas["QueryProblem"];
export type Suggestion = Schemas["Suggestion"];
export type Problem = Schemas["Problem"];
export type SpanEvent = Schemas["Event"];
export type Part = Message["parts"][number];

/** How one of the sessions' names matched a searched text. */
export interface NameMatch {
  field: "session_id" | "user" | "tag" | "metadata" | "trace_id";
  key: string;
  value: string;
  ranges: [number, number][];
  trace_id: string | null;
  turn_index: number | null;
}

export interface QueryHelp {
  tokens: { kind: string; start: number; end: number }[];
  error: { column: number; length: number; expected: string[]; message: string } | null;
  suggestions: {
    text: string;
    replaces: { start: number; end: number };
    kind: "field" | "operator" | "value" | "key";
    description: string;
    count: number | null;
  }[];
}

export interface Range {
  low: number;
  high: number;
  sessions: number;
}

export interface Difference {
  facet: string;
  value: string;
  inside: number;
  outside: number;
  inside_share: number;
  outside_share: number;
  query: string;
}

export interface Differences {
  inside: number;
  outside: number;
  data: Difference[];
  complete: boolean;
}

export interface View {
  id: string;
  project: string;
  name: string;
  query: string;
  columns: string[];
  sort: string;
  time_range: string;
  author: string;
  created_at: string;
  updated_at: string;
}

export interface Facets {
  data: Facet[];
  complete?: boolean;
}

export interface List<T> {
  data: T[];
  next_cursor: string | null;
}
