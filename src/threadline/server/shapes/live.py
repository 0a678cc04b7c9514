"""What happens now."""

from threadline.server.shapes.base import Struct

__all__ = ["Arrival", "Arrivals", "LiveEvent"]


class Arrival(Struct, frozen=True):
    """One received request, without content."""

    number: int
    """Counts up; an event stream resumes after it."""
    time: str
    transport: str
    """`http` or `grpc`."""
    path: str
    encoding: str
    """Content type and compression, as understood."""
    bytes: int
    spans: int
    rejected: int
    projects: list[str]
    session_id_key: str | None
    """Which key carried the session id; None when no span had one."""
    status: int
    """HTTP status, or the gRPC code's HTTP equivalent."""
    answer: str
    """In words: `ok`, or what was wrong."""
    cure: str | None
    """What to do, when something is wrong."""


class Arrivals(Struct, frozen=True):
    """A page of received requests."""

    data: list[Arrival]
    next_cursor: str | None


class LiveEvent(Struct, frozen=True):
    """Sent on `/v1/projects/{project}/events`, without content."""

    type: str
    """`session` (it changed, is new or is gone), or `reset` (reload: events were missed)."""
    project: str
    id: str
    """`Session.id`; empty on `reset`."""
    version: int
    """Grows with every event of this server."""
