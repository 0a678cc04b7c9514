"""Projects."""

from litestar import Response, get

from threadline.server import present, shapes
from threadline.server.api.parameters import CursorParameter, LimitParameter
from threadline.server.context import Injected
from threadline.server.cursors import from_cursor, to_cursor
from threadline.store.contract import Store

__all__ = ["list_projects"]


@get("/v1/projects", operation_id="listProjects", summary="All projects by name", tags=["projects"])
async def list_projects(
    *, context: Injected, limit: LimitParameter = 50, cursor: CursorParameter = None
) -> Response[shapes.Projects]:
    """What each holds, and when something last happened in it."""
    return await context.answer(_projects, context.store, limit, cursor)


def _projects(store: Store, limit: int, cursor: str | None) -> shapes.Projects:
    after = from_cursor(cursor, str, "projects") if cursor is not None else ""
    rows = [summary for summary in store.projects() if summary.name > after]
    page = rows[:limit]
    return shapes.Projects(
        data=[present.project(summary) for summary in page],
        next_cursor=to_cursor(page[-1].name, "projects") if len(rows) > limit else None,
    )
