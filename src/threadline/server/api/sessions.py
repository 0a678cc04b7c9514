"""Sessions: the list, one, and deleting one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated

import msgspec
from litestar import Response, delete, get
from litestar.params import QueryParameter

from threadline.errors import InvalidInput, NotFound
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.session import Session
from threadline.server import present, shapes
from threadline.server.api.find import stored_session
from threadline.server.api.parameters import (
    CursorParameter,
    EndUser,
    LimitParameter,
    ProjectName,
    SessionKey,
)
from threadline.server.api.selection import Selected
from threadline.server.context import Injected
from threadline.store.contract import SESSION_SORTS, SessionQuery, Store

__all__ = [
    "delete_session",
    "delete_user",
    "get_session",
    "list_sessions",
    "presented",
    "sample_sessions",
]

Sort = Annotated[
    str,
    QueryParameter(description="A field, with `-` before it for descending: " + ", ".join(SESSION_SORTS) + "."),
]
Seed = Annotated[str, QueryParameter(max_length=256, description="Any text: it decides which, and their order.")]
SampleSize = Annotated[int, QueryParameter(ge=1, le=1000, description="How many sessions at most.")]


@get(
    "/v1/projects/{project:str}/sessions",
    operation_id="listSessions",
    summary="Sessions of a project",
    tags=["sessions"],
)
async def list_sessions(
    *,
    context: Injected,
    selected: Selected,
    sort: Sort = "-last_activity",
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response[shapes.Sessions]:
    """Nulls come last in both directions, ties break on id. A walk by cursor shows no session twice."""
    query = msgspec.structs.replace(
        selected, sort=_sort_field(sort), descending=sort.startswith("-"), limit=limit, cursor=cursor
    )
    return await context.answer(_sessions, context.store, query)


@get(
    "/v1/projects/{project:str}/sessions/sample",
    operation_id="sampleSessions",
    summary="Some sessions of a query, by a seed",
    tags=["sessions"],
)
async def sample_sessions(
    *, context: Injected, selected: Selected, seed: Seed, size: SampleSize = 30
) -> Response[shapes.Sessions]:
    """The same seed gives the same sessions in the same order, as long as the query selects the same."""
    return await context.answer(_sample, context.store, selected, seed, size)


@get(
    "/v1/projects/{project:str}/sessions/{id:str}",
    operation_id="getSession",
    summary="One session",
    tags=["sessions"],
)
async def get_session(context: Injected, project: ProjectName, id: SessionKey) -> Response[shapes.Session]:  # noqa: A002
    """Its figures, kept up to date as spans arrive."""
    return await context.answer(_session, context.store, project, id, context.clock_ns())


@delete(
    "/v1/projects/{project:str}/sessions/{id:str}",
    operation_id="deleteSession",
    summary="Delete a session",
    tags=["deletions"],
    status_code=200,
)
async def delete_session(context: Injected, project: ProjectName, id: SessionKey) -> Response[shapes.Deletion]:  # noqa: A002
    """It is hidden at once and erased soon after; later spans of its traces are refused."""
    now_ns = context.clock_ns()
    done = await context.write(lambda: context.store.delete_session(project, id, requested_ns=now_ns))
    if done is None:
        raise NotFound("unknown_session", "No session has this id in this project. It may have been deleted.")
    context.events.changed([(project, id)])
    return await context.answer(present.deletion, done)


@delete(
    "/v1/projects/{project:str}/users/{user_id:str}",
    operation_id="deleteUser",
    summary="Delete everything of an end user",
    tags=["deletions"],
    status_code=200,
)
async def delete_user(context: Injected, project: ProjectName, user_id: EndUser) -> Response[shapes.Deletion]:
    """All sessions and traces that name this end user; what arrives for them later is refused."""
    now_ns = context.clock_ns()
    done = await context.write(lambda: context.store.delete_user(project, user_id, requested_ns=now_ns))
    return await context.answer(present.deletion, done)


def _sort_field(sort: str) -> str:
    field = sort.removeprefix("-")
    if field not in SESSION_SORTS:
        raise InvalidInput("unknown_sort", f"`sort` takes one of {', '.join(SESSION_SORTS)}, with `-` for descending.")
    return field


def _sessions(store: Store, query: SessionQuery) -> shapes.Sessions:
    page = store.sessions(query)
    return shapes.Sessions(data=presented(store, query, page.rows), next_cursor=page.next_cursor)


def _sample(store: Store, query: SessionQuery, seed: str, size: int) -> shapes.Sessions:
    return shapes.Sessions(data=presented(store, query, store.sample(query, seed=seed, size=size)), next_cursor=None)


def presented(store: Store, query: SessionQuery, rows: Sequence[Session]) -> list[shapes.Session]:
    """Sessions of a query with their annotations."""
    by_session: dict[str | None, list[Annotation]] = defaultdict(list)
    for one in store.annotations([_target(query.project, row.session_id) for row in rows]):
        by_session[one.target.session_id].append(one)
    return [present.session(row, by_session.get(row.session_id, ()), query.now_ns) for row in rows]


def _session(store: Store, project: str, session_key: str, now_ns: int) -> shapes.Session:
    session = stored_session(store, project, session_key)
    annotations = store.annotations([_target(project, session.session_id)])
    return present.session(session, annotations, now_ns)


def _target(project: str, session_id: str) -> AnnotationTarget:
    return AnnotationTarget(kind="session", project=project, session_id=session_id)
