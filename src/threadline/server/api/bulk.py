"""One action on many sessions: those named, or all that a query selects."""

from collections.abc import Sequence
from functools import partial

from litestar import Response, post
from litestar.params import JSONBody

from threadline.errors import Conflict, InvalidInput
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.server import present, shapes
from threadline.server.api.annotations import new_annotation
from threadline.server.api.parameters import ProjectName
from threadline.server.api.selection import selected
from threadline.server.context import Injected
from threadline.store.contract import Store

__all__ = ["change_sessions"]

SELECTED_MAX = 10_000
"""Sessions that one action may change."""
WRITTEN_AT_ONCE = 500
"""Annotations between which what arrives gets its turn."""


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
    content = None if data.action == "delete" else _content(data)
    keys = await _keys(context, project, data)
    if content is None:
        answer = await _delete(context, project, keys, now_ns)
    else:
        answer = await _annotate(context, project, keys, content, now_ns)
    return await context.answer(lambda: answer)


def _content(request: shapes.BulkRequest) -> shapes.AnnotationContent:
    if request.action == "annotate" and request.annotation is not None:
        return request.annotation
    if request.action == "tag" and request.tag is not None:
        return shapes.AnnotationContent(name="tag", label=request.tag, identifier=request.tag, author=request.author)
    needed = "annotation" if request.action == "annotate" else "tag"
    raise InvalidInput("invalid_request", f"The action `{request.action}` needs `{needed}`.")


async def _keys(context: Injected, project: str, request: shapes.BulkRequest) -> list[str]:
    """Of the sessions to change, each once."""
    if (request.ids is None) == (request.select is None):
        raise InvalidInput("invalid_request", "Name the sessions by `ids` or by `select`, one of the two.")
    if request.ids is not None:
        return list(dict.fromkeys(request.ids))
    select = request.select
    if select is None:
        raise AssertionError("one of the two is there")
    query = selected(
        context=context,
        project=project,
        q=select.q,
        text=select.text,
        session_id=select.session_id,
        user_id=select.user_id,
        since=select.since,
        until=select.until,
    )
    keys = await context.read(lambda: context.store.session_keys(query, limit=SELECTED_MAX + 1))
    if len(keys) > SELECTED_MAX:
        raise InvalidInput(
            "too_many_sessions", f"More than {SELECTED_MAX:,} sessions match. Narrow the query or the time range."
        )
    if len(keys) != select.expected:
        raise Conflict(
            "count_changed",
            f"{len(keys):,} sessions match now, not {select.expected:,}. Nothing was changed: look again and repeat.",
        )
    return list(keys)


async def _annotate(
    context: Injected, project: str, keys: Sequence[str], content: shapes.AnnotationContent, now_ns: int
) -> shapes.BulkAnswer:
    store = context.store
    session_ids = await context.read(_session_ids, store, project, keys)
    fresh = [
        new_annotation(content, AnnotationTarget(kind="session", project=project, session_id=session_id), now_ns)
        for session_id in session_ids.values()
    ]
    for start in range(0, len(fresh), WRITTEN_AT_ONCE):
        await context.write(partial(_put, store, fresh[start : start + WRITTEN_AT_ONCE]))
    context.events.changed([(project, key) for key in session_ids])
    missing = [key for key in keys if key not in session_ids]
    return shapes.BulkAnswer(done=len(session_ids), missing=missing, deletions=[])


def _put(store: Store, annotations: Sequence[Annotation]) -> None:
    for each in annotations:
        store.put_annotation(each)


def _session_ids(store: Store, project: str, keys: Sequence[str]) -> dict[str, str]:
    found = ((key, store.session(project, key)) for key in keys)
    return {key: session.session_id for key, session in found if session is not None}


async def _delete(context: Injected, project: str, keys: Sequence[str], now_ns: int) -> shapes.BulkAnswer:
    deletions: list[shapes.Deletion] = []
    missing: list[str] = []
    for key in keys:
        done = await context.write(partial(context.store.delete_session, project, key, requested_ns=now_ns))
        if done is None:
            missing.append(key)
        else:
            deletions.append(present.deletion(done))
    gone = set(missing)
    context.events.changed([(project, key) for key in keys if key not in gone])
    return shapes.BulkAnswer(done=len(deletions), missing=missing, deletions=deletions)
