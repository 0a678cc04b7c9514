"""Traces of a project and the spans of a trace."""

from bisect import bisect_right
from collections import defaultdict
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import QueryParameter

from threadline.errors import NotFound
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.session import StoredTrace
from threadline.query import parse
from threadline.server import present, shapes
from threadline.server.api.find import stored_trace
from threadline.server.api.parameters import (
    CursorParameter,
    LimitParameter,
    ProjectName,
    QueryText,
    Since,
    SpanId,
    TextParameter,
    TraceId,
    Until,
    hexadecimal,
    nanoseconds,
)
from threadline.server.context import Context, Injected
from threadline.server.cursors import from_cursor, to_cursor
from threadline.server.present_span import span_summary
from threadline.server.present_whole_span import whole_span
from threadline.store.contract import Store, TraceQuery

__all__ = ["get_span", "get_trace", "list_spans", "list_traces"]

OfSession = Annotated[str | None, QueryParameter(description="Only traces of the session with this `id`.")]
Sessionless = Annotated[bool, QueryParameter(description="Only traces that belong to no session.")]


class SpanPlace(msgspec.Struct, array_like=True, order=True):
    """After which span a list goes on: spans are ordered by (start, span id)."""

    start_ns: int
    span_id: bytes


@get("/v1/projects/{project:str}/traces", operation_id="listTraces", summary="Traces of a project", tags=["traces"])
async def list_traces(
    *,
    context: Injected,
    project: ProjectName,
    q: QueryText = None,
    text: TextParameter = None,
    session: OfSession = None,
    without_session: Sessionless = False,
    since: Since = None,
    until: Until = None,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response[shapes.Traces]:
    """Newest start first. `since` and `until` are about the trace's own start."""
    query = TraceQuery(
        project=project,
        query=None if q is None else parse(q, scope="turn"),
        text=text,
        session=session,
        without_session=without_session,
        since_ns=nanoseconds("since", since),
        until_ns=nanoseconds("until", until),
        limit=limit,
        cursor=cursor,
    )
    return await context.answer(_traces, context.store, query)


@get(
    "/v1/projects/{project:str}/traces/{trace_id:str}",
    operation_id="getTrace",
    summary="One trace",
    tags=["traces"],
)
async def get_trace(context: Injected, project: ProjectName, trace_id: TraceId) -> Response[shapes.Trace]:
    """Folded up to all its spans."""
    return await context.answer(_trace, context.store, project, trace_id)


@get(
    "/v1/projects/{project:str}/traces/{trace_id:str}/spans",
    operation_id="listSpans",
    summary="Spans of a trace, in short",
    tags=["traces"],
)
async def list_spans(
    *,
    context: Injected,
    project: ProjectName,
    trace_id: TraceId,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response[shapes.SpanSummaries]:
    """By (start, span id). A trace may hold 100,000."""
    return await context.answer(_spans, context, project, trace_id, limit, cursor)


@get(
    "/v1/projects/{project:str}/traces/{trace_id:str}/spans/{span_id:str}",
    operation_id="getSpan",
    summary="One span, whole",
    tags=["traces"],
)
async def get_span(
    context: Injected, project: ProjectName, trace_id: TraceId, span_id: SpanId
) -> Response[shapes.Span]:
    """With everything that was sent, in the order sent."""
    return await context.answer(_span, context.store, project, trace_id, span_id)


def _traces(store: Store, query: TraceQuery) -> shapes.Traces:
    page = store.traces(query)
    by_trace: dict[bytes | None, list[Annotation]] = defaultdict(list)
    for one in store.annotations([_target(row) for row in page.rows]):
        by_trace[one.target.trace_id].append(one)
    return shapes.Traces(
        data=[present.trace(row, _turn_index(store, row), by_trace.get(row.trace_id, ())) for row in page.rows],
        next_cursor=page.next_cursor,
    )


def _turn_index(store: Store, row: StoredTrace) -> int | None:
    return store.trace_turn_index(row.project, row.trace_id) if row.record.is_turn and row.session_key else None


def _trace(store: Store, project: str, trace_id: str) -> shapes.Trace:
    stored = stored_trace(store, project, trace_id)
    return present.trace(stored, _turn_index(store, stored), store.annotations([_target(stored)]))


def _spans(context: Context, project: str, trace_id: str, limit: int, cursor: str | None) -> shapes.SpanSummaries:
    stored = stored_trace(context.store, project, trace_id)
    read = context.trace_facts.of(stored)
    scope = ("spans", project, stored.trace_id.hex())
    start = 0
    if cursor is not None:
        after = from_cursor(cursor, SpanPlace, *scope)
        start = bisect_right(read.facts, after, key=lambda one: SpanPlace(one.start_ns, one.span_id))
    page = read.facts[start : start + limit]
    return shapes.SpanSummaries(
        data=[span_summary(one, stored.record.start_ns, read.arrived) for one in page],
        next_cursor=to_cursor(SpanPlace(page[-1].start_ns, page[-1].span_id), *scope)
        if len(read.facts) > start + limit
        else None,
    )


def _span(store: Store, project: str, trace_id: str, span_id: str) -> shapes.Span:
    stored = stored_trace(store, project, trace_id)
    wanted = hexadecimal("span_id", span_id, 8)
    found = store.spans(project, stored.trace_id, [wanted])
    if not found:
        raise NotFound("unknown_span", "No span has this id in this trace. It may not have arrived yet.")
    target = AnnotationTarget(kind="span", project=project, trace_id=stored.trace_id, span_id=wanted)
    return whole_span(found[0], store.annotations([target]))


def _target(row: StoredTrace) -> AnnotationTarget:
    return AnnotationTarget(kind="trace", project=row.project, trace_id=row.trace_id)
