"""How a deletion stands."""

from litestar import Response, get

from threadline.errors import NotFound
from threadline.server import present, shapes
from threadline.server.api.parameters import DeletionId
from threadline.server.context import Injected
from threadline.store.contract import Store

__all__ = ["get_deletion"]


@get("/v1/deletions/{id:str}", operation_id="getDeletion", summary="How a deletion stands", tags=["deletions"])
async def get_deletion(context: Injected, id: DeletionId) -> Response[shapes.Deletion]:  # noqa: A002
    """What it removed, and whether the file holds nothing of it any more."""
    return await context.answer(_deletion, context.store, id)


def _deletion(store: Store, deletion_id: str) -> shapes.Deletion:
    found = store.deletion(deletion_id)
    if found is None:
        raise NotFound("unknown_deletion", "No deletion has this id.")
    return present.deletion(found)
