/** The API's shapes, by the names that the server gives them. */

export interface Project {
  name: string;
  session_count: number;
  trace_count: number;
  span_count: number;
  traces_without_session: number;
  last_activity: string | null;
}

export interface Named {
  values: string[];
  count: number;
}

export interface Tool {
  name: string;
  calls: number;
  errors: number;
}

export interface Hits {
  count: number;
  first: { trace_id: string; turn_index: number; role: string; text: string; ranges: [number, number][] };
}

export interface Annotation {
  id: string;
  name: string;
  annotator_kind: string;
  label: string | null;
  score: number | null;
  explanation: string | null;
  author: string;
}

export interface Session {
  id: string;
  project: string;
  session_id: string;
  session_id_source: string;
  start_time: string | null;
  last_activity: string | null;
  duration_ms: number | null;
  active_ms: number | null;
  turn_count: number;
  span_count: number;
  error_count: number;
  last_turn_status: string;
  first_input: string | null;
  last_output: string | null;
  user_ids: Named;
  models: Named;
  tools: { values: Tool[]; count: number };
  agents: Named;
  tags: Named;
  environments: Named;
  services: Named;
  metadata: Record<string, unknown> | null;
  prompt_tokens: number;
  completion_tokens: number;
  cache_read_tokens: number;
  total_tokens: number;
  cost_usd: number | null;
  cost_complete: boolean;
  clock_skew: boolean;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
  annotations: Annotation[];
  hits?: Hits | null;
}

export interface Text {
  text: string;
  mime_type: string;
}

export interface Turn {
  trace_id: string;
  index: number;
  name: string;
  start_time: string | null;
  latency_ms: number | null;
  status: string;
  status_message: string;
  input: Text | null;
  output: Text | null;
  user_id: string | null;
  models: string[];
  tools: Tool[];
  prompt_tokens: number;
  completion_tokens: number;
  cache_read_tokens: number;
  total_tokens: number;
  cost_usd: number | null;
  llm_ms: number;
  tool_ms: number;
  time_to_first_token_ms: number | null;
  idle_before_ms: number | null;
  span_count: number;
  annotations: Annotation[];
}

export interface ToolCall {
  type: "tool_call";
  name: string;
  arguments: string;
  id: string | null;
  result: string | null;
  status: string;
  error: string | null;
  start_time: string | null;
  duration_ms: number | null;
  span_id: string | null;
}

export interface Document {
  content: string;
  id?: string | null;
  score?: number | null;
  metadata?: string | null;
}

export type Part =
  | { type: "text"; text: string }
  | { type: "image"; url: string; mime_type?: string | null }
  | { type: "audio"; url: string; mime_type?: string | null; transcript?: string | null }
  | { type: "file"; url: string; mime_type?: string | null; name?: string | null }
  | ToolCall
  | { type: "tool_result"; result: string; id?: string | null; name?: string | null }
  | { type: "reasoning"; text: string }
  | { type: "json"; value: string }
  | { type: "documents"; documents: Document[]; query?: string | null };

export interface Message {
  id: string;
  turn_index: number;
  trace_id: string;
  span_id: string | null;
  role: string;
  name: string | null;
  agent: string | null;
  time: string | null;
  changed: boolean;
  error: boolean;
  parts: Part[];
}

export interface Outline {
  origin: string | null;
  turn_count: number;
  start_ms: (number | null)[];
  latency_ms: (number | null)[];
  status: number[];
  annotated: number[];
}

export interface Trace {
  trace_id: string;
  project: string;
  name: string;
  start_time: string | null;
  latency_ms: number | null;
  status: string;
  status_message: string;
  session_id: string | null;
  session_key: string | null;
  session_id_source: string | null;
  other_session_ids: string[];
  turn_index: number | null;
  user_id: string | null;
  models: string[];
  tools: Tool[];
  agents: string[];
  tags: string[];
  services: string[];
  environments: string[];
  metadata: Record<string, unknown> | null;
  prompt_tokens: number;
  completion_tokens: number;
  cache_read_tokens: number;
  total_tokens: number;
  cost_usd: number | null;
  cost_complete: boolean;
  llm_ms: number;
  tool_ms: number;
  time_to_first_token_ms: number | null;
  span_count: number;
  root_span_id: string;
  input: Text | null;
  output: Text | null;
  annotations: Annotation[];
}

export interface SpanSummary {
  span_id: string;
  parent_span_id: string | null;
  parent_missing: boolean;
  name: string;
  kind: string;
  start_time: string | null;
  offset_ms: number | null;
  duration_ms: number | null;
  status: string;
  status_message: string;
  model: string | null;
  total_tokens: number | null;
  cost_usd: number | null;
  service: string | null;
}

export interface Attribute {
  key: string;
  value: unknown;
}

export interface SpanEvent {
  name: string;
  time: string | null;
  attributes: Attribute[];
}

export interface SpanMessage {
  role: string;
  name: string | null;
  parts: Part[];
}

export interface Span {
  trace_id: string;
  span_id: string;
  parent_span_id: string | null;
  name: string;
  kind: string;
  otel_kind: string;
  start_time: string | null;
  end_time: string | null;
  duration_ms: number | null;
  status: string;
  status_message: string;
  service: string | null;
  scope_name: string;
  scope_version: string;
  model: string | null;
  tool: string | null;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  cache_read_tokens: number | null;
  total_tokens: number | null;
  cost_usd: number | null;
  input: Text | null;
  output: Text | null;
  input_messages: SpanMessage[];
  output_messages: SpanMessage[];
  attributes: Attribute[];
  resource: Attribute[];
  scope: Attribute[];
  events: SpanEvent[];
  links: { trace_id: string; span_id: string; attributes: Attribute[] }[];
  dropped_attributes_count: number;
  notes: string[];
  annotations: Annotation[];
}

export interface Bucket {
  start_time: string;
  sessions: number;
  sessions_with_errors: number;
  turns: number;
  total_tokens: number;
  cost_usd: number;
  earlier: boolean;
  later: boolean;
}

export interface Stats {
  sessions: number;
  sessions_with_errors: number;
  turns: number;
  turns_with_errors: number;
  user_count: number;
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  cost_usd: number | null;
  cost_complete: boolean;
  turn_latency_p50_ms: number | null;
  turn_latency_p95_ms: number | null;
  session_duration_p50_ms: number | null;
  session_duration_p95_ms: number | null;
  series: Bucket[];
}

export interface Facet {
  name: string;
  values: { value: string; sessions: number; calls: number | null; errors: number | null }[];
}

export interface Arrival {
  number: number;
  time: string;
  transport: string;
  path: string;
  encoding: string;
  bytes: number;
  spans: number;
  rejected: number;
  projects: string[];
  session_id_key: string | null;
  status: number;
  answer: string;
  cure: string | null;
}

export interface LiveEvent {
  type: string;
  project: string;
  id: string;
  version: number;
}

export interface List<T> {
  data: T[];
  next_cursor: string | null;
}
