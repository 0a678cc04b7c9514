"""Traces and their spans."""

from threadline.model.message import (
    DocumentsPart,
)
from threadline.server.shapes.annotation import Annotation
from threadline.server.shapes.base import Status, Struct, Text, Tool
from threadline.server.shapes.message import SpanMessage, ToolCall

__all__ = ["Attribute", "Event", "Link", "Span", "SpanSummaries", "SpanSummary", "Trace", "Traces"]


class Trace(Struct, frozen=True):
    """A trace and what its spans add up to."""

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


class Traces(Struct, frozen=True):
    """A page of traces."""

    data: list[Trace]
    next_cursor: str | None


class SpanSummary(Struct, frozen=True):
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


class SpanSummaries(Struct, frozen=True):
    """A page of spans."""

    data: list[SpanSummary]
    next_cursor: str | None


class Attribute(Struct, frozen=True):
    """An attribute as it was sent."""

    key: str
    value: object
    """JSON; bytes as `{"bytes": base64}`, NaN and infinities as strings."""


class Event(Struct, frozen=True):
    """Something that happened within a span."""

    name: str
    time: str | None
    attributes: list[Attribute]


class Link(Struct, frozen=True):
    """A pointer to another span."""

    trace_id: str
    span_id: str
    attributes: list[Attribute]


class Span(Struct, frozen=True):
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
