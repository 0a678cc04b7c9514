"""Turns of a session: the list, the outline over all of them, and search within."""

from collections import defaultdict
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import QueryParameter

from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.session import Turn
from threadline.server import present, shapes
from threadline.server.api.find import stored_session
from threadline.server.api.parameters import CursorParameter, FromTurn, LimitParameter, ProjectName, SessionKey
from threadline.server.context import Injected
from threadline.server.cursors import Hint, from_cursor, to_cursor
from threadline.server.matches import matches_in
from threadline.store.contract import Store

__all__ = ["get_outline", "list_turns", "search_turns"]

MATCHES_MAX = 1_000
"""A search within a session finds at most so many turns (the store's own limit)."""

SearchText = Annotated[str, QueryParameter(min_length=1, max_length=1024, description="A literal, caseless substring.")]


class Place(msgspec.Struct, array_like=True):
    """After which turn a list goes on. The index is a hint: turns that arrive late move it."""

    trace_id: bytes
    index: Hint


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/turns",
    operation_id="listTurns",
    summary="Turns of a session, oldest first",
    tags=["sessions"],
)
async def list_turns(
    *,
    context: Injected,
    project: ProjectName,
    id: SessionKey,  # noqa: A002
    from_turn: FromTurn = 1,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response[shapes.Turns]:
    """Starting anywhere costs the same."""
    return await context.answer(_turns, context.store, project, id, from_turn=from_turn, limit=limit, cursor=cursor)


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/outline",
    operation_id="getOutline",
    summary="Columns over all turns of a session",
    tags=["sessions"],
)
async def get_outline(context: Injected, project: ProjectName, id: SessionKey) -> Response[shapes.Outline]:  # noqa: A002
    """Small enough to draw an index or a timeline of 20,000 turns at once."""
    return await context.answer(_outline, context.store, project, id)


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/search",
    operation_id="searchSession",
    summary="Turns of a session in which a text stands",
    tags=["sessions"],
)
async def search_turns(
    *,
    context: Injected,
    project: ProjectName,
    id: SessionKey,  # noqa: A002
    q: SearchText,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response[shapes.TurnMatches]:
    """Oldest first; ranges are in code points."""
    return await context.answer(_search, context.store, project, id, q, limit=limit, cursor=cursor)


def _first_turn(store: Store, project: str, cursor: str, *scope: str) -> int:
    """The turn that the page after this cursor begins with."""
    place = from_cursor(cursor, Place, *scope)
    return (store.trace_turn_index(project, place.trace_id) or place.index) + 1


def _turns(
    store: Store, project: str, session_key: str, *, from_turn: int, limit: int, cursor: str | None
) -> shapes.Turns:
    stored_session(store, project, session_key)
    scope = ("turns", project, session_key)
    start = (from_turn or 1) if cursor is None else _first_turn(store, project, cursor, *scope)
    rows = store.turns(project, session_key, from_turn=start, limit=limit + 1)
    page = rows[:limit]
    by_trace: dict[bytes | None, list[Annotation]] = defaultdict(list)
    targets = [_target(project, row.trace.trace_id) for row in page]
    for one in store.annotations(targets):
        by_trace[one.target.trace_id].append(one)
    return shapes.Turns(
        data=[present.turn(row, by_trace.get(row.trace.trace_id, ())) for row in page],
        next_cursor=_after(page[-1], *scope) if len(rows) > limit else None,
    )


def _after(turn: Turn, *scope: str) -> str:
    return to_cursor(Place(turn.trace.trace_id, turn.index), *scope)


def _outline(store: Store, project: str, session_key: str) -> shapes.Outline:
    stored_session(store, project, session_key)
    return present.outline(store.outline(project, session_key))


def _search(
    store: Store, project: str, session_key: str, query: str, *, limit: int, cursor: str | None
) -> shapes.TurnMatches:
    stored_session(store, project, session_key)
    found = store.search_session(project, session_key, query, limit=MATCHES_MAX)
    scope = ("search", project, session_key, query)
    if cursor is not None:
        after = _first_turn(store, project, cursor, *scope)
        found = [turn for turn in found if turn.index >= after]
    page = found[:limit]
    return shapes.TurnMatches(
        data=[
            shapes.TurnMatch(
                trace_id=turn.trace.trace_id.hex(),
                turn_index=turn.index,
                start_time=present.time(turn.trace.record.start_ns),
                matches=matches_in(turn, query),
            )
            for turn in page
        ],
        next_cursor=_after(page[-1], *scope) if len(found) > limit else None,
    )


def _target(project: str, trace_id: bytes) -> AnnotationTarget:
    return AnnotationTarget(kind="trace", project=project, trace_id=trace_id)
