"""Figures, series and facets."""

from threadline.server.shapes.base import Struct

__all__ = ["Bucket", "Facet", "FacetValue", "Facets", "Stats"]


class Bucket(Struct, frozen=True):
    """One step of a series."""

    start_time: str
    sessions: int
    sessions_with_errors: int
    turns: int
    total_tokens: int
    cost_usd: float
    earlier: bool
    later: bool


class Stats(Struct, frozen=True):
    """Figures over exactly the sessions that a query selects."""

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


class FacetValue(Struct, frozen=True):
    """How many of the sessions have a value; of tools, calls and failures."""

    value: str
    sessions: int
    calls: int | None
    errors: int | None


class Facet(Struct, frozen=True):
    """A dimension and its most frequent values."""

    name: str
    values: list[FacetValue]


class Facets(Struct, frozen=True):
    """A page of facets."""

    data: list[Facet]
    next_cursor: str | None
