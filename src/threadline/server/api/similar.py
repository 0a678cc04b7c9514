"""Sessions to compare one with: the same opening, or the same tools, and no error."""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import QueryParameter

from threadline.model.session import Session
from threadline.query.ast import All, Node, Not, Said, Scope, Term
from threadline.query.ast import Any as AnyOf
from threadline.server import shapes
from threadline.server.api.find import stored_session
from threadline.server.api.parameters import ProjectName, SessionKey
from threadline.server.api.sessions import presented
from threadline.server.context import Injected
from threadline.store.contract import SessionQuery, Store

__all__ = ["similar_sessions"]

OPENING = 60
"""Characters of the first input that make the same opening."""
TOOLS_MAX = 5
"""Tools that another session must have called, too."""
FLAWLESS = Not(Term(field="has", value="error"))

Most = Annotated[int, QueryParameter(ge=1, le=50, description="How many at most.")]


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/similar",
    operation_id="similarSessions",
    summary="Sessions without an error to compare one with",
    tags=["sessions"],
)
async def similar_sessions(
    *,
    context: Injected,
    project: ProjectName,
    id: SessionKey,  # noqa: A002
    limit: Most = 10,
) -> Response[shapes.Sessions]:
    """Those that open alike first, then by the tools they share; failing both, of the same agent."""
    return await context.answer(_similar, context.store, project, id, limit, context.clock_ns())


def _similar(store: Store, project: str, key: str, limit: int, now_ns: int) -> shapes.Sessions:
    stored = stored_session(store, project, key)
    query = SessionQuery(project=project, limit=limit + 1, now_ns=now_ns)
    found: dict[str, Session] = {}
    for node in _alike(stored):
        page = store.sessions(msgspec.structs.replace(query, query=node))
        found |= {one.id: one for one in page.rows if one.id != key and one.id not in found}
        if len(found) >= limit:
            break
    if not found and stored.agents.values:
        alike = All((Term(field="agent", value=stored.agents.values[0]), FLAWLESS))
        rows = store.sessions(msgspec.structs.replace(query, query=alike)).rows
        found = {one.id: one for one in rows if one.id != key}
    shown = [msgspec.structs.replace(one, hits=None, matched=()) for one in list(found.values())[:limit]]
    return shapes.Sessions(data=presented(store, query, shown), next_cursor=None)


def _alike(session: Session) -> Iterator[Node]:
    opening = (session.first_input or "").strip()[:OPENING]
    if opening:
        yield All((Scope("turn", Said(opening, side="user")), FLAWLESS))
    if session.tools:
        tools = [Term(field="tool", value=tool.name) for tool in session.tools[:TOOLS_MAX]]
        yield All((*tools, FLAWLESS))
        if len(tools) > 1:
            yield All((AnyOf(tuple(tools)), FLAWLESS))
