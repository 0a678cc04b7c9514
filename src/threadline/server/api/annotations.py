"""Annotations on sessions, traces and spans, and many at once."""

from hashlib import blake2b
from math import isfinite
from typing import Annotated, Any
from urllib.parse import unquote

import msgspec
from litestar import Response, delete, get, post
from litestar.params import JSONBody, QueryParameter

from threadline.errors import InvalidInput, NotFound
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.server import present, shapes
from threadline.server.api.parameters import AnnotationId, CursorParameter, LimitParameter, hexadecimal
from threadline.server.context import Injected
from threadline.server.cursors import from_cursor, to_cursor
from threadline.store.contract import Store

__all__ = [
    "create_annotation",
    "delete_annotation",
    "get_annotation",
    "list_annotations",
    "new_annotation",
    "parse_target",
    "target_of",
]

TARGETS_MAX = 100

Targets = Annotated[
    list[str],
    QueryParameter(
        min_items=1,
        max_items=TARGETS_MAX,
        description="`session/PROJECT/SESSION_ID`, `trace/PROJECT/TRACE_ID` or `span/PROJECT/TRACE_ID/SPAN_ID`, each "
        "part percent-encoded by itself. May be given several times.",
    ),
]


@post("/v1/annotations", operation_id="createAnnotation", summary="Annotate", tags=["annotations"], status_code=201)
async def create_annotation(context: Injected, data: JSONBody[shapes.NewAnnotation]) -> Response[shapes.Annotation]:
    """On a session, a trace or a span, which may arrive later. The same identity replaces what was said before."""
    fresh = new_annotation(data, target_of(data.target), context.clock_ns())
    kept = await context.write(lambda: context.store.put_annotation(fresh))
    return await context.answer(present.annotation, kept, http_status=201)


@get("/v1/annotations", operation_id="listAnnotations", summary="Annotations on targets", tags=["annotations"])
async def list_annotations(
    *, context: Injected, target: Targets, limit: LimitParameter = 50, cursor: CursorParameter = None
) -> Response[shapes.Annotations]:
    """By name, then age."""
    targets = [parse_target(one) for one in target]
    return await context.answer(_annotations, context.store, targets, limit, cursor)


@get("/v1/annotations/{id:str}", operation_id="getAnnotation", summary="One annotation", tags=["annotations"])
async def get_annotation(context: Injected, id: AnnotationId) -> Response[shapes.Annotation]:  # noqa: A002
    """With its target."""
    return await context.answer(_annotation, context.store, id)


@delete(
    "/v1/annotations/{id:str}",
    operation_id="deleteAnnotation",
    summary="Delete an annotation",
    tags=["annotations"],
    status_code=204,
)
async def delete_annotation(context: Injected, id: AnnotationId) -> None:  # noqa: A002
    """Gone at once."""
    if not await context.write(lambda: context.store.delete_annotation(id)):
        raise NotFound("unknown_annotation", "No annotation has this id. It may have been deleted.")


def target_of(target: shapes.AnnotationTarget) -> AnnotationTarget:
    """The target with binary ids; InvalidInput `invalid_target` where an id is missing or one too many."""
    given = {name for name in ("session_id", "trace_id", "span_id") if getattr(target, name) is not None}
    wanted = {"session": {"session_id"}, "trace": {"trace_id"}, "span": {"trace_id", "span_id"}}[target.kind]
    if given != wanted:
        raise InvalidInput(
            "invalid_target", f"A target of kind {target.kind} takes {' and '.join(sorted(wanted))} and nothing else."
        )
    return AnnotationTarget(
        kind=target.kind,
        project=target.project,
        session_id=target.session_id,
        trace_id=hexadecimal("trace_id", target.trace_id, 16) if target.trace_id else None,
        span_id=hexadecimal("span_id", target.span_id, 8) if target.span_id else None,
    )


def parse_target(text: str) -> AnnotationTarget:
    """A target written as `kind/project/id`, each part percent-encoded."""
    kind, *parts = [unquote(part) for part in text.split("/")]
    names = {"session": ["session_id"], "trace": ["trace_id"], "span": ["trace_id", "span_id"]}.get(kind)
    if names is None or len(parts) != 1 + len(names) or not all(parts):
        raise InvalidInput(
            "invalid_target",
            "`target` is session/PROJECT/SESSION_ID, trace/PROJECT/TRACE_ID or span/PROJECT/TRACE_ID/SPAN_ID.",
        )
    ids: Any = dict(zip(names, parts[1:], strict=True))
    return target_of(shapes.AnnotationTarget(kind=kind, project=parts[0], **ids))  # type: ignore[arg-type]


def new_annotation(content: shapes.AnnotationContent, target: AnnotationTarget, now_ns: int) -> Annotation:
    """The annotation to keep; InvalidInput when it says nothing or its score is no number."""
    if content.label is None and content.score is None and not content.explanation:
        raise InvalidInput("empty_annotation", "An annotation needs a label, a score or an explanation.")
    if content.score is not None and not isfinite(content.score):
        raise InvalidInput("invalid_score", "`score` is no finite number.")
    identity = (target, content.name, content.annotator_kind, content.author, content.identifier)
    return Annotation(
        id=blake2b(msgspec.msgpack.encode(identity), digest_size=16).hexdigest(),
        target=target,
        name=content.name,
        annotator_kind=content.annotator_kind,
        label=content.label,
        score=content.score,
        explanation=content.explanation,
        author=content.author,
        identifier=content.identifier,
        created_ns=now_ns,
        updated_ns=now_ns,
    )


def _annotations(store: Store, targets: list[AnnotationTarget], limit: int, cursor: str | None) -> shapes.Annotations:
    rows = list(store.annotations(targets))
    scope = ("annotations", *map(repr, targets))
    if cursor is not None:
        after = from_cursor(cursor, tuple[str, int, str], *scope)
        rows = [one for one in rows if (one.name, one.created_ns, one.id) > after]
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    return shapes.Annotations(
        data=[present.annotation(one) for one in page],
        next_cursor=to_cursor((last.name, last.created_ns, last.id), *scope) if last else None,
    )


def _annotation(store: Store, annotation_id: str) -> shapes.Annotation:
    found = store.annotation(annotation_id)
    if found is None:
        raise NotFound("unknown_annotation", "No annotation has this id. It may have been deleted.")
    return present.annotation(found)
