"""Cursors: where a walk goes on, bound to the query that began it. Opaque to readers, no row numbers within."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from hashlib import blake2b
from typing import Annotated, TypeAlias

import msgspec

from threadline.errors import InvalidInput
from threadline.model.values import I64_MAX
from threadline.store.contract import SessionQuery, TraceQuery

__all__ = ["SessionCursor", "TraceCursor", "invalid_cursor", "query_hash", "read_cursor", "write_cursor"]

Stored: TypeAlias = Annotated[int, msgspec.Meta(ge=-I64_MAX, le=I64_MAX)]
"""A number as a store can hold it: a cursor is made up easily."""
Time: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=I64_MAX)]


class SessionCursor(msgspec.Struct, frozen=True, array_like=True):
    """After which session to go on."""

    query: bytes
    began: Stored
    """The number of the last change before the walk's first page. What changed later is skipped: it may have been
    shown already, further ahead."""
    now_ns: Stored
    skewed: bool
    """Whether the walk has come to the sessions of the future."""
    value: Stored | None
    """Of the sorted column."""
    key: str


class TraceCursor(msgspec.Struct, frozen=True, array_like=True):
    """After which trace to go on."""

    query: bytes
    began: Stored
    """As of SessionCursor."""
    start_ns: Time | None
    trace_id: bytes


def query_hash(query: SessionQuery | TraceQuery) -> bytes:
    """Over everything that decides which rows come in which order."""
    fixed = {"cursor": None, "limit": 0} | ({"now_ns": 0} if isinstance(query, SessionQuery) else {})
    plain = msgspec.structs.replace(query, **fixed)
    return blake2b(repr(plain).encode(errors="surrogatepass"), digest_size=8).digest()


def write_cursor(cursor: SessionCursor | TraceCursor) -> str:
    """As a reader gets it."""
    return urlsafe_b64encode(msgspec.msgpack.encode(cursor)).decode().rstrip("=")


def read_cursor(text: str, query: SessionQuery | TraceQuery) -> SessionCursor | TraceCursor:
    """The other way. Raises InvalidInput for a damaged cursor and for another query's."""
    kind: type[SessionCursor | TraceCursor] = SessionCursor if isinstance(query, SessionQuery) else TraceCursor
    try:
        cursor: SessionCursor | TraceCursor = msgspec.msgpack.decode(
            urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=kind
        )
    except (ValueError, Base64Error, msgspec.DecodeError):
        raise invalid_cursor() from None
    if cursor.query != query_hash(query):
        raise invalid_cursor()
    return cursor


def invalid_cursor() -> InvalidInput:
    """The error of a cursor that is another query's or made up."""
    return InvalidInput("invalid_cursor", "This cursor belongs to another query. Start again without a cursor.")
