"""A span as it is shown: the row of the tree, and the whole of it."""

from base64 import b64encode
from collections.abc import Container, Sequence
from math import isfinite
from typing import Any

from threadline.model import message as model
from threadline.model.facts import SpanFacts
from threadline.model.values import Attributes, Value
from threadline.server import present, shapes

__all__ = ["attributes", "messages", "part", "plain", "span_summary"]

OTEL_KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")


def plain(value: Value) -> Any:
    """A value as JSON can say it: bytes as `{"bytes": base64}`, NaN and infinities as strings."""
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"  # noqa: PLR0124, NaN
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def attributes(values: Attributes) -> list[shapes.Attribute]:
    """Attributes in the order sent."""
    return [shapes.Attribute(key=key, value=plain(value)) for key, value in values.items()]


def part(said: model.Part) -> shapes.Part:
    """A part of a message: only a tool call looks different outside."""
    if not isinstance(said, model.ToolCallPart):
        return said
    return shapes.ToolCall(
        name=said.name,
        arguments=said.arguments,
        id=said.id,
        result=said.result,
        status=said.status,  # type: ignore[arg-type]  # one of the three by its maker
        error=said.error,
        start_time=present.time(said.start_ns),
        duration_ms=present.milliseconds(said.duration_ns),
        span_id=said.span_id.hex() if said.span_id else None,
    )


def messages(said: Sequence[model.Message]) -> list[shapes.SpanMessage]:
    """Messages of a span."""
    return [
        shapes.SpanMessage(role=one.role, name=one.name, parts=[part(piece) for piece in one.parts]) for one in said
    ]


def span_summary(facts: SpanFacts, trace_start_ns: int | None, arrived: Container[bytes]) -> shapes.SpanSummary:
    """A row of the tree; `arrived` holds the ids of the trace's spans."""
    parent = facts.parent_span_id
    start_ns = facts.start_ns or None
    return shapes.SpanSummary(
        span_id=facts.span_id.hex(),
        parent_span_id=parent.hex() if parent else None,
        parent_missing=parent is not None and parent not in arrived,
        name=facts.name,
        kind=facts.kind,
        start_time=present.time(start_ns),
        offset_ms=None if start_ns is None or trace_start_ns is None else (start_ns - trace_start_ns) / 1e6,
        duration_ms=_duration_ms(facts.start_ns, facts.end_ns),
        status=present.status(facts.status),
        status_message=facts.status_message,
        model=facts.model,
        total_tokens=_total(facts),
        cost_usd=present.usd(_cost(facts)),
        service=facts.service,
    )


def _duration_ms(start_ns: int, end_ns: int) -> float | None:
    return (end_ns - start_ns) / 1e6 if start_ns and end_ns and end_ns >= start_ns else None


def _total(facts: SpanFacts) -> int | None:
    if facts.total_tokens is not None:
        return facts.total_tokens
    known = [count for count in (facts.prompt_tokens, facts.completion_tokens) if count is not None]
    return sum(known) if known else None


def _cost(facts: SpanFacts) -> int | None:
    return facts.computed_cost_nano if facts.reported_cost_nano is None else facts.reported_cost_nano
