"""Sessions and turns as a store answers them."""

import msgspec

from threadline.model.trace import ToolUse, TraceRecord

__all__ = ["CountedSet", "Hits", "NameMatch", "Session", "StoredTrace", "TextHit", "Turn"]

PREVIEW_CHARACTERS = 280
SET_SHOWN = 20


class CountedSet(msgspec.Struct, frozen=True, gc=False):
    """A set of values: the first 20 in order, and how many there are."""

    values: tuple[str, ...] = ()
    count: int = 0


class TextHit(msgspec.Struct, frozen=True, gc=False):
    """Where a searched text stands. `ranges` are [start, end) in code points of `text`."""

    trace_id: bytes
    turn_index: int
    role: str
    """`user` or `assistant`."""
    text: str
    """A window of at most 280 characters around the first range."""
    ranges: tuple[tuple[int, int], ...]


class Hits(msgspec.Struct, frozen=True, gc=False):
    """Turns of a session in which a text was found; `count` stops at 1,000."""

    count: int
    first: TextHit


class NameMatch(msgspec.Struct, frozen=True, gc=False):
    """A name of a session that a searched text stands in."""

    field: str
    """`session_id`, `user`, `tag`, `metadata` or `trace_id`."""
    key: str
    """Of metadata: its key."""
    value: str
    ranges: tuple[tuple[int, int], ...]
    """[start, end) in code points of `value`."""
    trace_id: bytes | None = None
    """Of a trace id: the trace it names."""
    turn_index: int | None = None


class Session(msgspec.Struct, frozen=True, gc=False):
    """One session. Times and durations are ns, money nano-USD."""

    id: str
    """Opaque, derived from (project, session_id): see `session_key`."""
    project: str
    session_id: str
    session_id_source: str
    start_ns: int | None
    last_activity_ns: int | None
    duration_ns: int | None
    active_ns: int | None
    """Duration less the pauses of 5 min or more between neighbouring turns."""
    turn_count: int
    span_count: int
    error_count: int
    last_turn_status: int
    first_input: str | None
    """At most 280 characters."""
    last_output: str | None
    user_ids: CountedSet
    models: CountedSet
    tools: tuple[ToolUse, ...]
    """Sorted by name, the first 20."""
    tool_count: int
    agents: CountedSet
    tags: CountedSet
    environments: CountedSet
    services: CountedSet
    metadata: str | None
    """JSON object: of the first turn that has one."""
    prompt_tokens: int
    completion_tokens: int
    cache_read_tokens: int
    total_tokens: int
    cost_nano: int | None
    cost_complete: bool
    latency_p50_ns: int | None
    latency_p95_ns: int | None
    hits: Hits | None = None
    matched: tuple[NameMatch, ...] = ()
    """Names that a searched text stands in; the first few."""


class StoredTrace(msgspec.Struct, frozen=True, gc=False):
    """A trace as stored: its record and the texts of its two sides."""

    project: str
    trace_id: bytes
    record: TraceRecord
    input: str | None
    output: str | None
    input_mime_type: str = "text/plain"
    output_mime_type: str = "text/plain"
    session_key: str | None = None
    """`Session.id` of its session."""


class Turn(msgspec.Struct, frozen=True, gc=False):
    """A trace as the `index`-th exchange of its session (1-based, computed when read)."""

    index: int
    trace: StoredTrace
    idle_before_ns: int | None
    """From the end of the turn before it; None for the first; negative when they overlap."""
