"""Figures, series and facets."""

from threadline.server.shapes.base import Struct

__all__ = [
    "Bucket",
    "Difference",
    "Differences",
    "Distributions",
    "DropOff",
    "Facet",
    "FacetValue",
    "Facets",
    "Range",
    "Stats",
]


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
    users: int
    """Distinct end users of its turns."""
    latency_p95_ms: float | None
    """Of its turns."""


class Range(Struct, frozen=True):
    """One step of a distribution: low <= figure < high; the last one holds its high end too."""

    low: float
    high: float
    sessions: int


class Distributions(Struct, frozen=True):
    """How figures of sessions spread; sessions without the figure are left out."""

    turns: list[Range]
    duration_ms: list[Range]
    cost_usd: list[Range]
    latency_ms: list[Range]
    """Each session's p95."""


class DropOff(Struct, frozen=True):
    """How many sessions have at least so many turns."""

    turns: int
    sessions: int


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
    distributions: Distributions
    drop_off: list[DropOff]
    complete: bool
    """False: the time for it ended first. The figures are of the newest sessions, which were examined."""


class FacetValue(Struct, frozen=True):
    """How many of the sessions have a value; of tools, calls and failures."""

    value: str
    sessions: int
    calls: int | None
    errors: int | None
    query: str
    """The term that selects it."""


class Facet(Struct, frozen=True):
    """A dimension and its most frequent values."""

    name: str
    values: list[FacetValue]
    count: int
    """How many values there are."""


class Facets(Struct, frozen=True):
    """A page of facets."""

    data: list[Facet]
    next_cursor: str | None
    complete: bool
    """As in Stats."""


class Difference(Struct, frozen=True):
    """How common a value is inside and outside a query."""

    facet: str
    value: str
    inside: int
    """Sessions of the query that have it."""
    outside: int
    inside_share: float
    """0 to 1."""
    outside_share: float
    query: str
    """The term that selects it."""


class Differences(Struct, frozen=True):
    """What sets the query's sessions apart from the others of the same project and time range."""

    inside: int
    outside: int
    data: list[Difference]
    """Largest difference of the two shares first."""
    next_cursor: str | None
    complete: bool
    """As in Stats."""
