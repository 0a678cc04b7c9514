"""Messages of transcripts and spans."""

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
from threadline.server.shapes.base import Status, Struct

__all__ = ["Message", "Messages", "Part", "SpanMessage", "ToolCall"]


class ToolCall(Struct, frozen=True, tag="tool_call", tag_field="type"):
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


class Message(Struct, frozen=True):
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
    error: str | None
    """In words, where this step failed."""
    parts: list[Part]


class Messages(Struct, frozen=True):
    """A page of messages."""

    data: list[Message]
    next_cursor: str | None


class SpanMessage(Struct, frozen=True):
    """A message of one span."""

    role: str
    name: str | None
    parts: list[Part]
