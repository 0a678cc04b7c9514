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

export interface List<T> {
  data: T[];
  next_cursor: string | null;
}
