"""From an id that stands in an application's log to the place where it is stored."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from threadline.errors import NotFound
from threadline.server import shapes
from threadline.server.api.parameters import TraceId, hexadecimal
from threadline.server.context import Injected
from threadline.store.contract import Store

__all__ = ["resolve_session", "resolve_trace"]


@get("/v1/resolve/session", operation_id="resolveSession", summary="Find a session by its own id", tags=["resolve"])
async def resolve_session(
    *,
    context: Injected,
    session_id: Annotated[str, QueryParameter(description="The application's own session id.")],
    project: Annotated[str, QueryParameter(description="Name of the project.")] = "default",
) -> Response[shapes.ResolvedSession]:
    """By another id that one of its traces carries, too. 404 while nothing has arrived: ask again."""
    return await context.answer(_session, context.store, project, session_id)


@get("/v1/resolve/trace/{trace_id:str}", operation_id="resolveTrace", summary="Find a trace", tags=["resolve"])
async def resolve_trace(context: Injected, trace_id: TraceId) -> Response[shapes.ResolvedTrace]:
    """The projects that hold it, more than one perhaps. 404 while nothing has arrived: ask again."""
    return await context.answer(_trace, context.store, trace_id)


def _session(store: Store, project: str, session_id: str) -> shapes.ResolvedSession:
    session = store.session_by_id(project, session_id)
    if session is None:
        raise NotFound("unknown_session", "No session with this id has arrived in this project yet.")
    return shapes.ResolvedSession(project=session.project, id=session.id)


def _trace(store: Store, trace_id: str) -> shapes.ResolvedTrace:
    projects = store.trace_projects(hexadecimal("trace_id", trace_id, 16))
    if not projects:
        raise NotFound("unknown_trace", "No trace with this id has arrived yet.")
    return shapes.ResolvedTrace(trace_id=trace_id.lower(), projects=list(projects))
