"""The transcript of a session: its messages, each once."""

from collections.abc import Iterator
from itertools import islice

import msgspec
from litestar import Response, get

from threadline.server import shapes
from threadline.server.api.find import stored_session
from threadline.server.api.parameters import CursorParameter, FromTurn, LimitParameter, ProjectName, SessionKey
from threadline.server.context import Injected
from threadline.server.cursors import Hint, from_cursor, to_cursor
from threadline.server.transcripts import messages_from
from threadline.store.contract import Store

__all__ = ["get_transcript"]


class MessagePlace(msgspec.Struct, array_like=True):
    """After which message a transcript goes on. Index and offset are hints, for when it has moved or gone."""

    trace_id: bytes
    index: Hint
    message_id: str
    offset: Hint
    """Place of the message in its turn, 1 first."""


@get(
    "/v1/projects/{project:str}/sessions/{id:str}/transcript",
    operation_id="getTranscript",
    summary="Messages of a session, each once",
    tags=["sessions"],
)
async def get_transcript(
    *,
    context: Injected,
    project: ProjectName,
    id: SessionKey,  # noqa: A002
    from_turn: FromTurn = 1,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response[shapes.Messages]:
    """Although every LLM call resends the history. Each names the turn and the span it came from."""
    return await context.answer(
        _transcript, context.store, project, id, from_turn=from_turn, limit=limit, cursor=cursor
    )


def _transcript(
    store: Store, project: str, session_key: str, *, from_turn: int, limit: int, cursor: str | None
) -> shapes.Messages:
    stored_session(store, project, session_key)
    if cursor is None:
        found = messages_from(store, project, session_key, from_turn or 1, limit + 1)
    else:
        place = from_cursor(cursor, MessagePlace, "transcript", project, session_key)
        index = store.trace_turn_index(project, place.trace_id) or place.index
        found = _after(messages_from(store, project, session_key, index, limit + 1), place)
    page = list(islice(found, limit + 1))
    return shapes.Messages(
        data=page[:limit],
        next_cursor=_cursor(page[:limit], project, session_key) if len(page) > limit else None,
    )


def _after(found: Iterator[shapes.Message], place: MessagePlace) -> Iterator[shapes.Message]:
    """What follows the place; where its message has gone, what follows its offset in the turn."""
    trace_id = place.trace_id.hex()
    turn: list[shapes.Message] = []
    later: list[shapes.Message] = []
    for message in found:
        if message.trace_id != trace_id:
            later.append(message)
            break
        turn.append(message)
    at = next((number for number, one in enumerate(turn, 1) if one.id == place.message_id), place.offset)
    yield from turn[at:]
    yield from later
    yield from found


def _cursor(page: list[shapes.Message], project: str, session_key: str) -> str:
    last = page[-1]
    offset = sum(1 for one in page if one.trace_id == last.trace_id)
    place = MessagePlace(bytes.fromhex(last.trace_id), last.turn_index, last.id, offset)
    return to_cursor(place, "transcript", project, session_key)
