"""What was received, as OTLP again, and conversations in the formats of others."""

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import takewhile
from typing import Annotated, Literal

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream

from threadline.server import present, shapes
from threadline.server.api.find import stored_session, stored_trace
from threadline.server.api.parameters import ProjectName, SessionKey, TraceId
from threadline.server.api.selection import Selected
from threadline.server.context import Injected
from threadline.server.conversation_export import chat_line, markdown, turn_lines
from threadline.server.otlp_json import resource_spans_json
from threadline.server.transcripts import messages_from
from threadline.store.contract import SessionQuery, Store

__all__ = [
    "export_conversation",
    "export_conversations",
    "export_picked_conversations",
    "export_session",
    "export_trace",
]

PROTOBUF = "application/x-protobuf"
JSONL = "application/x-ndjson"
PAGE = 100
"""Sessions or turns read at once."""

Format = Annotated[
    Literal["jsonl", "markdown", "openai"],
    QueryParameter(
        description="`jsonl`: a line for each turn, figures and messages; `markdown`: to read; `openai`: one line of "
        "the fine-tuning format."
    ),
]
ManyFormat = Annotated[
    Literal["jsonl", "openai"], QueryParameter(description="As for one session; `openai` is one line a session.")
]
UntilTurn = Annotated[int | None, QueryParameter(ge=1, description="The last turn to export; all by default.")]


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
    return _otlp(context, request, project, [stored.trace_id])


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
    return _otlp(context, request, project, trace_ids)


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/export",
    operation_id="exportConversation",
    summary="A session as Markdown, JSONL or fine-tuning messages",
    tags=["export"],
    media_type=JSONL,
)
async def export_conversation(
    *,
    context: Injected,
    project: ProjectName,
    id: SessionKey,  # noqa: A002
    format: Format = "jsonl",  # noqa: A002
    until_turn: UntilTurn = None,
) -> Stream:
    """Each message once, up to and with `until_turn`."""
    await context.read(stored_session, context.store, project, id)
    parts = _conversation(context, project, id, format, until_turn)
    return _stream(_sent(context, parts), "text/markdown; charset=utf-8" if format == "markdown" else JSONL)


@get(
    "/v1/projects/{project:str}/sessions/export",
    operation_id="exportConversations",
    summary="All sessions of a query as JSONL or fine-tuning messages",
    tags=["export"],
    media_type=JSONL,
)
async def export_conversations(*, context: Injected, selected: Selected, format: ManyFormat = "jsonl") -> Stream:  # noqa: A002
    """Newest first, read as they are sent."""
    return _stream(_sent(context, _conversations(context, selected, format)), JSONL)


@post(
    "/v1/projects/{project:str}/sessions/export",
    operation_id="exportPickedConversations",
    summary="Picked sessions as JSONL or fine-tuning messages",
    tags=["export"],
    status_code=200,
    media_type=JSONL,
)
async def export_picked_conversations(
    context: Injected, project: ProjectName, data: JSONBody[shapes.ExportRequest]
) -> Stream:
    """Each once, in the order of `ids`, read as they are sent. One that is not stored (any more) is left out."""
    return _stream(_sent(context, _picked(context, project, data)), JSONL)


def _picked(context: Injected, project: str, request: shapes.ExportRequest) -> Iterator[bytes]:
    for key in dict.fromkeys(request.ids):
        yield from _conversation(context, project, key, request.format, None)


def _conversations(context: Injected, query: SessionQuery, kind: str) -> Iterator[bytes]:
    cursor: str | None = None
    while True:
        page = context.store.sessions(msgspec.structs.replace(query, limit=PAGE, cursor=cursor))
        for session in page.rows:
            yield from _conversation(context, query.project, session.id, kind, None)
        cursor = page.next_cursor
        if cursor is None:
            return


def _conversation(context: Injected, project: str, key: str, kind: str, until_turn: int | None) -> Iterator[bytes]:
    """In pieces; nothing when the session was deleted meanwhile."""
    store = context.store
    stored = store.session(project, key)
    if stored is None:
        return
    session = present.session(stored, (), context.clock_ns())
    last = stored.turn_count if until_turn is None else until_turn
    said = takewhile(lambda message: message.turn_index <= last, messages_from(store, project, key, 1))
    if kind == "openai":
        yield chat_line(said)
    elif kind == "markdown":
        yield from (piece.encode(errors="replace") for piece in markdown(session, said))
    else:
        yield from turn_lines(session, _turns(store, project, key, last), said)


def _turns(store: Store, project: str, key: str, last: int) -> Iterator[shapes.Turn]:
    following = 1
    while rows := store.turns(project, key, from_turn=following, limit=min(PAGE, last + 1 - following)):
        yield from (present.turn(row, ()) for row in rows)
        following = rows[-1].index + 1
        if following > last:
            return


async def _sent(context: Injected, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (part := await context.read(next, parts, None)) is not None:
        yield part


def _trace_ids(store: Store, project: str, session_key: str) -> Sequence[bytes]:
    stored_session(store, project, session_key)
    return store.session_trace_ids(project, session_key)


def _stream(parts: AsyncIterator[bytes], media_type: str) -> Stream:
    """Labelled by a header: Litestar prefers the type that the handler is described with to the answer's own."""
    return Stream(parts, headers={"content-type": media_type})


def _otlp(context: Injected, request: Request[None, None, State], project: str, trace_ids: Sequence[bytes]) -> Stream:
    accept = request.headers.get("accept", "")
    parts = context.store.otlp(project, trace_ids)
    if "application/json" in accept and PROTOBUF not in accept:
        return _stream(_json(context, parts), "application/json")
    return _stream(_sent(context, parts), PROTOBUF)  # messages one after the other are one message


async def _json(context: Injected, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield b'{"resourceSpans":['
    separator = b""
    while (body := await context.read(next, parts, None)) is not None:
        for resource_spans in await context.read(resource_spans_json, body):
            yield separator + resource_spans
            separator = b","
    yield b"]}"
