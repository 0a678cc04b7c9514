"""Projects, and finding things by the ids that stand in logs."""

from threadline.server.shapes.base import Struct

__all__ = ["Project", "Projects", "ResolvedSession", "ResolvedTrace"]


class Project(Struct, frozen=True):
    """A project and what it holds."""

    name: str
    session_count: int
    trace_count: int
    span_count: int
    traces_without_session: int
    last_activity: str | None


class Projects(Struct, frozen=True):
    """A page of projects."""

    data: list[Project]
    next_cursor: str | None


class ResolvedSession(Struct, frozen=True):
    """Where a session lives that is known by the application's own id."""

    project: str
    id: str


class ResolvedTrace(Struct, frozen=True):
    """The projects that hold a trace id."""

    trace_id: str
    projects: list[str]
