"""A span as it was received, decoded from the wire and not yet interpreted."""

import msgspec

from threadline.model.values import Attributes

__all__ = ["Event", "Link", "Resource", "Scope", "Span"]


class Resource(msgspec.Struct, frozen=True, gc=False):
    """Who sent it."""

    attributes: Attributes = {}
    schema_url: str = ""


class Scope(msgspec.Struct, frozen=True, gc=False):
    """The instrumentation that made it."""

    name: str = ""
    version: str = ""
    attributes: Attributes = {}
    schema_url: str = ""


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happened at `time_ns` within a span."""

    name: str
    time_ns: int
    attributes: Attributes = {}
    dropped_attributes_count: int = 0


class Link(msgspec.Struct, frozen=True, gc=False):
    """A pointer to another span, perhaps of another trace."""

    trace_id: bytes
    span_id: bytes
    attributes: Attributes = {}


class Span(msgspec.Struct, frozen=True, gc=False):
    """One span. Times are ns since the epoch as sent (0 to 2**64 - 1; 0 means not set)."""

    trace_id: bytes
    """16 bytes, not all zero."""
    span_id: bytes
    """8 bytes, not all zero."""
    parent_span_id: bytes | None
    """8 bytes, or None for a span without a parent."""
    name: str
    start_ns: int
    end_ns: int
    resource: Resource
    scope: Scope
    kind: int = 0
    """OpenTelemetry's kind (1 INTERNAL ... 5 CONSUMER). Never the role of an LLM span."""
    status_code: int = 0
    """0 unset, 1 ok, 2 error."""
    status_message: str = ""
    attributes: Attributes = {}
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    trace_state: str = ""
    flags: int = 0
    dropped_attributes_count: int = 0
    dropped_events_count: int = 0
    dropped_links_count: int = 0
