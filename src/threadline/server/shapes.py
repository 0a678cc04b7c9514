"""The shapes of the REST API. `openapi.json` is made from them; the page's types from that.

Times are RFC 3339 in UTC with nanoseconds; durations end in `_ms` (numbers, fractions kept), money in `_usd`.
A trace, span and parent id is lower-case hex. `None` means not known, never zero.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

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
    "AnnotationName",
    "AnnotationNames",
    "AnnotationTarget",
    "Annotations",
    "Arrival",
    "Arrivals",
    "Attribute",
    "BulkAnswer",
    "BulkRequest",
    "Deletion",
    "Event",
    "Facet",
    "Facets",
    "Hits",
    "Link",
    "LiveEvent",
    "Message",
    "Messages",
    "NewAnnotation",
    "Outline",
    "Problem",
    "Project",
    "Projects",
    "ResolvedSession",
    "ResolvedTrace",
    "Session",
    "Sessions",
    "Span",
    "SpanMessage",
    "SpanSummaries",
    "SpanSummary",
    "Stats",
    "Text",
    "Trace",
    "Traces",
    "Turn",
    "TurnMatch",
    "TurnMatches",
    "Turns",
]


Status = Literal["ok", "error", "unset"]


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
    kind: Literal["session", "trace", "span"]
    project: Annotated[str, Meta(min_length=1, max_length=256)]
    session_id: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None
    """The application's own id, for kind session."""
    trace_id: Annotated[str, Meta(pattern="^[0-9a-fA-F]{32}$")] | None = None
    """For kinds trace and span."""
    span_id: Annotated[str, Meta(pattern="^[0-9a-fA-F]{16}$")] | None = None
    """For kind span."""


class Annotation(Struct):
    id: str
    target: AnnotationTarget
    name: str
    annotator_kind: Literal["human", "llm", "code"]
    label: str | None
    score: float | None
    explanation: str | None
    author: str
    identifier: str
    created_at: str
    updated_at: str


class AnnotationContent(Struct, kw_only=True):
    """What is said, whatever it is said about. At least one of label, score and explanation is needed."""

    name: Annotated[str, Meta(min_length=1, max_length=256)]
    annotator_kind: Literal["human", "llm", "code"] = "human"
    label: Annotated[str, Meta(max_length=1024)] | None = None
    score: float | None = None
    explanation: Annotated[str, Meta(max_length=65536)] | None = None
    author: Annotated[str, Meta(max_length=256)] = ""
    identifier: Annotated[str, Meta(max_length=256)] = ""
    """Tells several of one name and author apart."""


class NewAnnotation(AnnotationContent, kw_only=True):
    """An annotation to put on a session, a trace or a span; it may precede its target.

    One with the same target, name, annotator kind, author and identifier is replaced.
    """

    target: AnnotationTarget


class AnnotationName(Struct):
    """A name in use, and what kinds of value and annotator it was used with."""

    name: str
    annotator_kinds: list[str]
    labels: list[str]
    """Distinct labels, sorted, the first 20."""
    has_score: bool
    count: int


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
    last_turn_status: Status
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
    status: Status
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
    status: Status
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
    status: Status
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
    """LLM, AGENT, TOOL, RETRIEVER, RERANKER, EMBEDDING, GUARDRAIL, EVALUATOR, CHAIN, PROMPT, DECISION or the
    producer's own; empty when unknown."""
    start_time: str | None
    offset_ms: float | None
    """From the trace's start."""
    duration_ms: float | None
    status: Status
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
    status: Status
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
    documents: DocumentsPart | None
    """What a retriever or reranker brought, and what it was asked."""
    tool_call: ToolCall | None
    """Of a TOOL span."""
    tools_offered: list[str]
    """JSON schemas of the tools that the model could call."""
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
    """What to do with many sessions of a project at once."""

    action: Literal["annotate", "tag", "delete"]
    ids: Annotated[list[str], Meta(min_length=1, max_length=1000)]
    """`Session.id` of each."""
    annotation: AnnotationContent | None = None
    """For `annotate`."""
    tag: Annotated[str, Meta(min_length=1, max_length=256)] | None = None
    """For `tag`. A person's tag is an annotation named `tag` whose label and identifier are the tag: what
    the application sent in `tags` stays as it was sent."""
    author: Annotated[str, Meta(max_length=256)] = ""
    """Who tags."""


class BulkAnswer(Struct):
    done: int
    missing: list[str]
    """Ids under which no session is stored (any more)."""
    deletions: list[Deletion]
    """For `delete`: one for each session."""


class LiveEvent(Struct):
    """Sent on `/v1/projects/{project}/events`, without content."""

    type: str
    """`session` (it changed, is new or is gone), or `reset` (reload: events were missed)."""
    project: str
    id: str
    """`Session.id`; empty on `reset`."""
    version: int
    """Grows with every event of this server."""


class Problem(Struct):
    """application/problem+json."""

    type: str
    title: str
    status: int
    code: str
    detail: str


class TurnMatch(Struct):
    """A turn in which the text stands, with a window around its first place on each side."""

    trace_id: str
    turn_index: int
    start_time: str | None
    matches: list[Hit]


class ResolvedSession(Struct):
    """Where a session lives that is known by the application's own id."""

    project: str
    id: str


class ResolvedTrace(Struct):
    """The projects that hold a trace id."""

    trace_id: str
    projects: list[str]


class Projects(Struct):
    data: list[Project]
    next_cursor: str | None


class Sessions(Struct):
    data: list[Session]
    next_cursor: str | None


class Turns(Struct):
    data: list[Turn]
    next_cursor: str | None


class Messages(Struct):
    data: list[Message]
    next_cursor: str | None


class TurnMatches(Struct):
    data: list[TurnMatch]
    next_cursor: str | None


class Traces(Struct):
    data: list[Trace]
    next_cursor: str | None


class SpanSummaries(Struct):
    data: list[SpanSummary]
    next_cursor: str | None


class Facets(Struct):
    data: list[Facet]
    next_cursor: str | None


class Annotations(Struct):
    data: list[Annotation]
    next_cursor: str | None


class AnnotationNames(Struct):
    data: list[AnnotationName]
    next_cursor: str | None


class Arrivals(Struct):
    data: list[Arrival]
    next_cursor: str | None
