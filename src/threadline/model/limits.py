"""Limits on everything a sender can make large. Each is a setting (`threadline.settings`)."""

import msgspec

__all__ = ["Limits"]


class Limits(msgspec.Struct, frozen=True):
    """Counts and bytes; a value at the limit passes, one past it is refused by name."""

    body_bytes_max: int = 64 * 2**20
    """One request, before and after decompression (OTLP recommends 64 MiB)."""
    budget_bytes: int = 128 * 2**20
    """All requests received, inflated and queued at a time."""
    spans_per_request_max: int = 50_000
    attributes_per_span_max: int = 10_000
    attribute_depth_max: int = 32
    """Nesting of array and kvlist values. Protobuf parsers stop at 100 messages, which is 46 such levels."""
    values_per_span_max: int = 1_000_000
    """Everything countable in one span: attributes, events, links, and all values inside them."""
    session_id_characters_max: int = 4_096
    project_characters_max: int = 256
    text_bytes_max: int = 64 * 1024
    """Of each side of a turn that is kept for reading in lists and for search."""
    metadata_bytes_max: int = 16 * 1024
    fact_characters_max: int = 1_024
    """Of a name, status message, model, tool, agent, tag or service as lists show it; the span keeps it whole."""
    tags_per_span_max: int = 128
    """Tags of one span that reach its trace; the span keeps all."""
