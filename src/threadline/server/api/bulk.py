"""One action on many sessions."""

from litestar import Response, post
from litestar.params import JSONBody

from threadline.errors import InvalidInput
from threadline.model.annotation import AnnotationTarget
from threadline.server import present, shapes
from threadline.server.api.annotations import new_annotation
from threadline.server.api.parameters import ProjectName
from threadline.server.context import Injected
from threadline.store.contract import Store

__all__ = ["change_sessions"]


@post(
    "/v1/projects/{project:str}/sessions/bulk",
    operation_id="changeSessions",
    summary="Annotate, tag or delete many sessions",
    tags=["sessions"],
    status_code=200,
)
async def change_sessions(
    context: Injected, project: ProjectName, data: JSONBody[shapes.BulkRequest]
) -> Response[shapes.BulkAnswer]:
    """A tag is an annotation named `tag` whose label and identifier are the tag."""
    now_ns = context.clock_ns()
    if data.action == "delete":
        answer = await _delete(context, project, data.ids, now_ns)
    else:
        content = _content(data)
        answer = await _annotate(context, project, data.ids, content, now_ns)
    return await context.answer(lambda: answer)


def _content(request: shapes.BulkRequest) -> shapes.AnnotationContent:
    if request.action == "annotate" and request.annotation is not None:
        return request.annotation
    if request.action == "tag" and request.tag is not None:
        return shapes.AnnotationContent(name="tag", label=request.tag, identifier=request.tag, author=request.author)
    needed = "annotation" if request.action == "annotate" else "tag"
    raise InvalidInput("invalid_request", f"The action `{request.action}` needs `{needed}`.")


async def _annotate(
    context: Injected, project: str, ids: list[str], content: shapes.AnnotationContent, now_ns: int
) -> shapes.BulkAnswer:
    store = context.store
    session_ids = await context.read(_session_ids, store, project, ids)
    fresh = [
        new_annotation(content, AnnotationTarget(kind="session", project=project, session_id=session_id), now_ns)
        for session_id in session_ids.values()
    ]
    await context.write(lambda: [store.put_annotation(one) for one in fresh])
    context.events.changed([(project, key) for key in session_ids])
    missing = [key for key in dict.fromkeys(ids) if key not in session_ids]
    return shapes.BulkAnswer(done=len(session_ids), missing=missing, deletions=[])


def _session_ids(store: Store, project: str, ids: list[str]) -> dict[str, str]:
    found = ((key, store.session(project, key)) for key in dict.fromkeys(ids))
    return {key: session.session_id for key, session in found if session is not None}


async def _delete(context: Injected, project: str, ids: list[str], now_ns: int) -> shapes.BulkAnswer:
    deletions: list[shapes.Deletion] = []
    missing: list[str] = []
    for key in dict.fromkeys(ids):
        done = await context.write(lambda key=key: context.store.delete_session(project, key, requested_ns=now_ns))  # type: ignore[misc]
        if done is None:
            missing.append(key)
        else:
            deletions.append(present.deletion(done))
    context.events.changed([(project, key) for key in dict.fromkeys(ids) if key not in set(missing)])
    return shapes.BulkAnswer(done=len(deletions), missing=missing, deletions=deletions)
