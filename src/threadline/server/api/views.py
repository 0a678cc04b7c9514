"""Saved views of a project, and which sessions somebody has reviewed."""

import secrets
from collections.abc import Sequence
from typing import Annotated

from litestar import Response, delete, get, post, put
from litestar.params import JSONBody, PathParameter, QueryParameter

from threadline.errors import InvalidInput, NotFound
from threadline.model.view import SavedView
from threadline.query import parse
from threadline.server import present, shapes
from threadline.server.api.parameters import CursorParameter, LimitParameter, ProjectName
from threadline.server.context import Injected
from threadline.server.cursors import from_cursor, to_cursor
from threadline.server.rfc3339 import format_ns
from threadline.store.contract import SESSION_SORTS, Store

__all__ = ["create_view", "delete_view", "list_seen", "list_views", "mark_seen", "replace_view"]

VIEWS_MAX = 1_000
"""Of a project."""

ViewId = Annotated[str, PathParameter(description="`id` of the view.")]
Author = Annotated[str, QueryParameter(min_length=1, max_length=256, description="Who reviewed.")]
Ids = Annotated[
    list[str], QueryParameter(min_items=1, max_items=1_000, description="`id` of each session asked about.")
]


@get("/v1/projects/{project:str}/views", operation_id="listViews", summary="Saved views", tags=["views"])
async def list_views(
    *, context: Injected, project: ProjectName, limit: LimitParameter = 50, cursor: CursorParameter = None
) -> Response[shapes.Views]:
    """By name."""
    return await context.answer(_views, context.store, project, limit, cursor)


@post(
    "/v1/projects/{project:str}/views",
    operation_id="createView",
    summary="Save a view",
    tags=["views"],
    status_code=201,
)
async def create_view(context: Injected, project: ProjectName, data: JSONBody[shapes.NewView]) -> Response[shapes.View]:
    """Its query must be readable, its sort offered."""
    if len(await context.read(context.store.views, project)) >= VIEWS_MAX:
        raise InvalidInput("too_many_views", f"A project holds at most {VIEWS_MAX} views. Delete one first.")
    saved = _saved(data, project, secrets.token_hex(8), context.clock_ns())
    kept = await context.write(lambda: context.store.put_view(saved))
    return await context.answer(present.view, kept, http_status=201)


@put("/v1/projects/{project:str}/views/{id:str}", operation_id="replaceView", summary="Change a view", tags=["views"])
async def replace_view(
    context: Injected,
    project: ProjectName,
    id: ViewId,  # noqa: A002
    data: JSONBody[shapes.NewView],
) -> Response[shapes.View]:
    """All of it is replaced; its id and age stay."""
    if id not in {one.id for one in await context.read(context.store.views, project)}:
        raise _unknown()
    saved = _saved(data, project, id, context.clock_ns())
    kept = await context.write(lambda: context.store.put_view(saved))
    return await context.answer(present.view, kept)


@delete(
    "/v1/projects/{project:str}/views/{id:str}",
    operation_id="deleteView",
    summary="Delete a view",
    tags=["views"],
    status_code=204,
)
async def delete_view(context: Injected, project: ProjectName, id: ViewId) -> None:  # noqa: A002
    """Its sessions stay."""
    if not await context.write(lambda: context.store.delete_view(project, id)):
        raise _unknown()


@get("/v1/projects/{project:str}/seen", operation_id="listSeen", summary="Reviewed sessions", tags=["views"])
async def list_seen(
    *,
    context: Injected,
    project: ProjectName,
    author: Author,
    id: Ids,  # noqa: A002
) -> Response[shapes.SeenList]:
    """Which of these sessions the author has reviewed, in the order asked."""
    return await context.answer(_seen, context.store, project, author, id)


@post(
    "/v1/projects/{project:str}/seen",
    operation_id="markSeen",
    summary="Remember reviewed sessions",
    tags=["views"],
    status_code=204,
)
async def mark_seen(context: Injected, project: ProjectName, data: JSONBody[shapes.SeenRequest]) -> None:
    """The first time counts."""
    now_ns = context.clock_ns()
    await context.write(lambda: context.store.mark_seen(project, data.author, data.ids, seen_ns=now_ns))


def _saved(data: shapes.NewView, project: str, view_id: str, now_ns: int) -> SavedView:
    if data.sort.removeprefix("-") not in SESSION_SORTS:
        raise InvalidInput("unknown_sort", f"`sort` takes one of {', '.join(SESSION_SORTS)}, with `-` for descending.")
    parse(data.query)
    return SavedView(
        id=view_id,
        project=project,
        name=data.name,
        query=data.query,
        columns=tuple(data.columns),
        sort=data.sort,
        time_range=data.time_range,
        author=data.author,
        created_ns=now_ns,
        updated_ns=now_ns,
    )


def _views(store: Store, project: str, limit: int, cursor: str | None) -> shapes.Views:
    rows = list(store.views(project))
    if cursor is not None:
        after = from_cursor(cursor, tuple[str, str], "views", project)
        rows = [one for one in rows if (one.name, one.id) > after]
    page = rows[:limit]
    return shapes.Views(
        data=[present.view(one) for one in page],
        next_cursor=to_cursor((page[-1].name, page[-1].id), "views", project) if len(rows) > limit else None,
    )


def _seen(store: Store, project: str, author: str, keys: Sequence[str]) -> shapes.SeenList:
    found = store.seen(project, author, keys)
    data = [shapes.Seen(id=key, seen_at=format_ns(found[key])) for key in dict.fromkeys(keys) if key in found]
    return shapes.SeenList(data=data, next_cursor=None)


def _unknown() -> NotFound:
    return NotFound("unknown_view", "No view has this id in this project. It may have been deleted.")
