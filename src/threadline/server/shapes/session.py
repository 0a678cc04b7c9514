"""Sessions and their turns."""

from typing import Literal

from msgspec import field

from threadline.server.shapes.annotation import Annotation
from threadline.server.shapes.base import Named, Status, Struct, Text, Tool, Tools

__all__ = ["Hit", "Hits", "NameMatch", "Outline", "Session", "Sessions", "Turn", "TurnMatch", "TurnMatches", "Turns"]


class Hit(Struct, frozen=True):
    """Where a searched text stands."""

    trace_id: str
    turn_index: int
    role: str
    text: str
    """A window of at most 280 characters."""
    ranges: list[tuple[int, int]]
    """[start, end) in code points of `text`."""


class Hits(Struct, frozen=True):
    """In how many turns a text stands, and the first of them."""

    count: int
    """Turns that match; stops at 1,000."""
    first: Hit


class NameMatch(Struct, frozen=True):
    """A name of the session in which a searched text stands."""

    field: Literal["session_id", "user", "tag", "metadata", "trace_id"]
    key: str
    """Of metadata: its key."""
    value: str
    ranges: list[tuple[int, int]]
    """[start, end) in code points of `value`."""
    trace_id: str | None
    """Of a trace id: the whole of it."""
    turn_index: int | None
    """Of a trace id: the turn it names; null for a trace that is no turn."""


class Session(Struct, frozen=True):
    """A conversation: all traces of a project that share a session id."""

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
    matched: list[NameMatch] = field(default_factory=list)
    """Names in which a searched text stands; the first few."""


class Sessions(Struct, frozen=True):
    """A page of sessions."""

    data: list[Session]
    next_cursor: str | None


class Turn(Struct, frozen=True):
    """One trace as an exchange of its session."""

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


class Turns(Struct, frozen=True):
    """A page of turns."""

    data: list[Turn]
    next_cursor: str | None


class TurnMatch(Struct, frozen=True):
    """A turn in which the text stands, with a window around its first place on each side."""

    trace_id: str
    turn_index: int
    start_time: str | None
    matches: list[Hit]


class TurnMatches(Struct, frozen=True):
    """A page of matching turns."""

    data: list[TurnMatch]
    next_cursor: str | None


class Outline(Struct, frozen=True):
    """Columns over all turns, oldest first. `start_ms` is relative to `origin`."""

    origin: str | None
    turn_count: int
    start_ms: list[int | None]
    latency_ms: list[int | None]
    status: list[int]
    """0 unset, 1 ok, 2 error."""
    annotated: list[int]
    """1-based indexes of turns with annotations."""
