"""Cursors: where a walk goes on, bound to the query that began it. Opaque to readers, no row numbers within."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from hashlib import blake2b

import msgspec

from threadline.errors import InvalidInput
from threadline.store.contract import SessionQuery, TraceQuery

__all__ = ["SessionCursor", "TraceCursor", "invalid_cursor", "query_hash", "read_cursor", "write_cursor"]


class SessionCursor(msgspec.Struct, frozen=True, array_like=True):
    """After which session to go on."""

    query: bytes
    now_ns: int
    skewed: bool
    """Whether the walk has come to the sessions of the future."""
    value: int | None
    """Of the sorted column."""
    key: str


class TraceCursor(msgspec.Struct, frozen=True, array_like=True):
    """After which trace to go on."""

    query: bytes
    start_ns: int | None
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
