"""The shapes of the REST API. `openapi.json` is made from them; the page's types from that.

Times are RFC 3339 in UTC with nanoseconds; durations end in `_ms` (numbers, fractions kept), money in `_usd`.
A trace, span and parent id is lower-case hex. `None` means not known, never zero.
"""

import msgspec

from threadline.model.message import (
    AudioPart,
    DocumentsPart,
    FilePart,
    ImagePart,
    JsonPart,
    ReasoningPart,
    TextPart,
    ToolResultPart,
)

__all__ = [
    "Annotation",
    "AnnotationTarget",
    "Arrival",
    "Attribute",
    "Deletion",
    "Event",
    "Facet",
    "Hits",
    "Link",
    "Message",
    "Outline",
    "Project",
    "Session",
    "Span",
    "SpanMessage",
    "SpanSummary",
    "Stats",
    "Text",
    "Trace",
    "Turn",
]


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """What all shapes share."""


class Project(Struct):
    name: str
    session_count: int
    trace_count: int
    span_count: int
    traces_without_session: int
    last_activity: str | None


class Named(Struct):
    """A set: the first 20 values in order, and how many there are."""

    values: list[str]
    count: int


class Tool(Struct):
    name: str
    calls: int
    errors: int


class Tools(Struct):
    values: list[Tool]
    count: int


class Hit(Struct):
    trace_id: str
    turn_index: int
    role: str
    text: str
    """A window of at most 280 characters."""
    ranges: list[tuple[int, int]]
    """[start, end) in code points of `text`."""


class Hits(Struct):
    count: int
    """Turns that match; stops at 1,000."""
    first: Hit


class AnnotationTarget(Struct, omit_defaults=True):
    kind: str
    """`session`, `trace` or `span`."""
    project: str
    session_id: str | None = None
    """The application's own id, for kind session."""
    trace_id: str | None = None
    span_id: str | None = None


class Annotation(Struct):
    id: str
    target: AnnotationTarget
    name: str
    annotator_kind: str
    """`human`, `llm` or `code`."""
    label: str | None
    score: float | None
    explanation: str | None
    author: str
    identifier: str
    created_at: str
    updated_at: str


class NewAnnotation(Struct):
    target: AnnotationTarget
    name: str
    annotator_kind: str = "human"
    label: str | None = None
    score: float | None = None
    explanation: str | None = None
    author: str = ""
    identifier: str = ""


class Session(Struct):
    id: str
    project: str
    session_id: str
    session_id_source: str
    start_time: str | None
    last_activity: str | None
    duration_ms: float | None
    active_ms: float | None
    turn_count: int
    span_count: int
    error_count: int
    last_turn_status: str
    first_input: str | None
    last_output: str | None
    user_ids: Named
    models: Named
    tools: Tools
    agents: Named
    tags: Named
    environments: Named
    services: Named
    metadata: dict[str, object] | None
    prompt_tokens: int
    completion_tokens: int
    cache_read_tokens: int
    total_tokens: int
    cost_usd: float | None
    cost_complete: bool
    clock_skew: bool
    latency_p50_ms: float | None
    latency_p95_ms: float | None
    annotations: list[Annotation]
    hits: Hits | None = None


class Text(Struct):
    text: str
    mime_type: str


class Turn(Struct):
    trace_id: str
    index: int
    name: str
    start_time: str | None
    latency_ms: float | None
    status: str
    """`ok`, `error` or `unset`."""
    status_message: str
    input: Text | None
    output: Text | None
    user_id: str | None
    models: list[str]
    tools: list[Tool]
    prompt_tokens: int
    completion_tokens: int
    cache_read_tokens: int
    total_tokens: int
    cost_usd: float | None
    llm_ms: float
    tool_ms: float
    time_to_first_token_ms: float | None
    idle_before_ms: float | None
    span_count: int
    annotations: list[Annotation]


class ToolCall(Struct, tag="tool_call", tag_field="type"):
    """A call, joined with what it answered and the span that ran it."""

    name: str
    arguments: str
    id: str | None
    result: str | None
    status: str
    error: str | None
    start_time: str | None
    duration_ms: float | None
    span_id: str | None


Part = (
    TextPart | ImagePart | AudioPart | FilePart | ToolCall | ToolResultPart | ReasoningPart | JsonPart | DocumentsPart
)


class Message(Struct):
    """One message of a transcript. `id` is stable: it may stand in an address."""

    id: str
    turn_index: int
    trace_id: str
    span_id: str | None
    """The span it was read from."""
    role: str
    name: str | None
    agent: str | None
    """The sub-agent that spoke, when it is not the turn's own."""
    time: str | None
    changed: bool
    """On a system message: not the first one of the session."""
    error: bool
    """The span it came from failed."""
    parts: list[Part]


class Outline(Struct):
    """Columns over all turns, oldest first. `start_ms` is relative to `origin`."""

    origin: str | None
    turn_count: int
    start_ms: list[int | None]
    latency_ms: list[int | None]
    status: list[int]
    """0 unset, 1 ok, 2 error."""
    annotated: list[int]
    """1-based indexes of turns with annotations."""


class Trace(Struct):
    trace_id: str
    project: str
    name: str
    start_time: str | None
    latency_ms: float | None
    status: str
    status_message: str
    session_id: str | None
    session_key: str | None
    """`id` of its session."""
    session_id_source: str | None
    other_session_ids: list[str]
    turn_index: int | None
    user_id: str | None
    models: list[str]
    tools: list[Tool]
    agents: list[str]
    tags: list[str]
    services: list[str]
    environments: list[str]
    metadata: dict[str, object] | None
    prompt_tokens: int
    completion_tokens: int
    cache_read_tokens: int
    total_tokens: int
    cost_usd: float | None
    cost_complete: bool
    llm_ms: float
    tool_ms: float
    time_to_first_token_ms: float | None
    span_count: int
    root_span_id: str
    input: Text | None
    output: Text | None
    annotations: list[Annotation]


class SpanSummary(Struct):
    """A row of the tree. Ordered by (start, span id); the page builds the tree from the parents."""

    span_id: str
    parent_span_id: str | None
    parent_missing: bool
    """It names a parent that has not arrived."""
    name: str
    kind: str
    """LLM, AGENT, TOOL, RETRIEVER, RERANKER, EMBEDDING, GUARDRAIL, EVALUATOR, CHAIN, PROMPT, DECISION or the producer's own; empty when unknown."""
    start_time: str | None
    offset_ms: float | None
    """From the trace's start."""
    duration_ms: float | None
    status: str
    status_message: str
    model: str | None
    total_tokens: int | None
    cost_usd: float | None
    service: str | None


class Attribute(Struct):
    key: str
    value: object
    """JSON; bytes as `{"bytes": base64}`, NaN and infinities as strings."""


class Event(Struct):
    name: str
    time: str | None
    attributes: list[Attribute]


class Link(Struct):
    trace_id: str
    span_id: str
    attributes: list[Attribute]


class SpanMessage(Struct):
    role: str
    name: str | None
    parts: list[Part]


class Span(Struct):
    """One span, whole."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    name: str
    kind: str
    otel_kind: str
    start_time: str | None
    end_time: str | None
    duration_ms: float | None
    status: str
    status_message: str
    service: str | None
    scope_name: str
    scope_version: str
    model: str | None
    tool: str | None
    prompt_tokens: int | None
    completion_tokens: int | None
    cache_read_tokens: int | None
    total_tokens: int | None
    cost_usd: float | None
    input: Text | None
    """As sent, whole."""
    output: Text | None
    input_messages: list[SpanMessage]
    output_messages: list[SpanMessage]
    attributes: list[Attribute]
    resource: list[Attribute]
    scope: list[Attribute]
    events: list[Event]
    links: list[Link]
    dropped_attributes_count: int
    notes: list[str]
    """What a reader should know: attributes dropped by the SDK, a session id too long ..."""
    annotations: list[Annotation]


class Bucket(Struct):
    start_time: str
    sessions: int
    sessions_with_errors: int
    turns: int
    total_tokens: int
    cost_usd: float
    earlier: bool
    later: bool


class Stats(Struct):
    sessions: int
    sessions_with_errors: int
    turns: int
    turns_with_errors: int
    user_count: int
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    cost_usd: float | None
    cost_complete: bool
    turn_latency_p50_ms: float | None
    turn_latency_p95_ms: float | None
    session_duration_p50_ms: float | None
    session_duration_p95_ms: float | None
    series: list[Bucket]


class FacetValue(Struct):
    value: str
    sessions: int
    calls: int | None
    errors: int | None


class Facet(Struct):
    name: str
    values: list[FacetValue]


class Arrival(Struct):
    """One received request, without content."""

    number: int
    """Counts up; an event stream resumes after it."""
    time: str
    transport: str
    """`http` or `grpc`."""
    path: str
    encoding: str
    """Content type and compression, as understood."""
    bytes: int
    spans: int
    rejected: int
    projects: list[str]
    session_id_key: str | None
    """Which key carried the session id; None when no span had one."""
    status: int
    """HTTP status, or the gRPC code's HTTP equivalent."""
    answer: str
    """In words: `ok`, or what was wrong."""
    cure: str | None
    """What to do, when something is wrong."""


class Deletion(Struct):
    id: str
    project: str
    kind: str
    sessions: int
    traces: int
    spans: int
    requested_at: str
    erased: bool


class BulkRequest(Struct):
    """`action` is `annotate`, `tag` or `delete`; `ids` are session ids (`Session.id`), at most 1,000."""

    action: str
    ids: list[str]
    annotation: NewAnnotation | None = None
    tag: str | None = None


class BulkAnswer(Struct):
    done: int
    missing: list[str]


class LiveEvent(Struct):
    """Sent on `/v1/projects/{project}/events`, without content."""

    type: str
    """`session` (it changed or is new), `deleted`, or `reset` (reload: events were missed)."""
    project: str
    id: str
    version: int


class Problem(Struct):
    """application/problem+json."""

    type: str
    title: str
    status: int
    code: str
    detail: str
