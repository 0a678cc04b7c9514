"""What was received, as OTLP again."""

from collections.abc import AsyncIterator, Iterator, Sequence

from litestar import Request, get
from litestar.datastructures import State
from litestar.response import Stream

from threadline.server.api.find import stored_session, stored_trace
from threadline.server.api.parameters import ProjectName, SessionKey, TraceId
from threadline.server.context import Injected
from threadline.server.otlp_json import resource_spans_json
from threadline.store.contract import Store

__all__ = ["export_session", "export_trace"]

PROTOBUF = "application/x-protobuf"


@get(
    "/v1/projects/{project:str}/traces/{trace_id:str}/otlp",
    operation_id="exportTrace",
    summary="A trace as OTLP",
    tags=["export"],
    media_type=PROTOBUF,
)
async def export_trace(
    context: Injected, request: Request[None, None, State], project: ProjectName, trace_id: TraceId
) -> Stream:
    """One ExportTraceServiceRequest: protobuf, or JSON where `Accept` asks for application/json."""
    stored = await context.read(stored_trace, context.store, project, trace_id)
    return _stream(context, request, project, [stored.trace_id])


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/otlp",
    operation_id="exportSession",
    summary="A session as OTLP",
    tags=["export"],
    media_type=PROTOBUF,
)
async def export_session(
    *,
    context: Injected,
    request: Request[None, None, State],
    project: ProjectName,
    id: SessionKey,  # noqa: A002
) -> Stream:
    """All its turns in one ExportTraceServiceRequest, oldest first; the project travels in its resource."""
    trace_ids = await context.read(_trace_ids, context.store, project, id)
    return _stream(context, request, project, trace_ids)


def _trace_ids(store: Store, project: str, session_key: str) -> Sequence[bytes]:
    stored_session(store, project, session_key)
    return store.session_trace_ids(project, session_key)


def _stream(context: Injected, request: Request[None, None, State], project: str, trace_ids: Sequence[bytes]) -> Stream:
    accept = request.headers.get("accept", "")
    parts = context.store.otlp(project, trace_ids)
    if "application/json" in accept and PROTOBUF not in accept:
        return Stream(_json(context, parts), media_type="application/json")
    return Stream(_protobuf(context, parts), media_type=PROTOBUF)


async def _protobuf(context: Injected, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Serialised messages one after the other are the message that holds them all."""
    while (body := await context.read(next, parts, None)) is not None:
        yield body


async def _json(context: Injected, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield b'{"resourceSpans":['
    separator = b""
    while (body := await context.read(next, parts, None)) is not None:
        for resource_spans in await context.read(resource_spans_json, body):
            yield separator + resource_spans
            separator = b","
    yield b"]}"
