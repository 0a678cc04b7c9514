"""What became of a request, and the totals of all."""

import msgspec

__all__ = ["Counters", "Outcome"]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one request's spans, all durable when this exists."""

    spans: int
    """Spans in the request."""
    kept: int
    rejected: int
    """Spans not kept: unreadable, over a limit, or deleted before."""
    message: str
    """Why, for a person; '' when all were kept."""
    projects: tuple[str, ...]
    session_id_key: str | None
    """Which key carried a session id; None when no span had one."""


class Counters(msgspec.Struct):
    """Totals since the start, for /metrics. Written on the event loop, but for background_failures."""

    requests: int = 0
    """Traces requests taken in, whatever became of them."""
    requests_failed: int = 0
    """Of those, answered with an error."""
    requests_refused: int = 0
    """Answered Overloaded, before or after they were taken in."""
    bytes_received: int = 0
    """Bodies of the requests taken in, as received."""
    spans_received: int = 0
    """Spans in requests that could be read."""
    spans_kept: int = 0
    spans_rejected: int = 0
    """Not kept, refused ones included."""
    spans_refused_deleted: int = 0
    """Spans of a deleted trace or end user."""
    commits: int = 0
    background_failures: int = 0
    """Steps of background work that raised."""
