"""Cursors made by the server: opaque, URL-safe, without row numbers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TypeVar

import msgspec

from threadline.errors import InvalidInput

__all__ = ["from_cursor", "to_cursor"]

T = TypeVar("T")


def to_cursor(place: object) -> str:
    """A place in a list as text."""
    return urlsafe_b64encode(msgspec.msgpack.encode(place)).decode().rstrip("=")


def from_cursor(cursor: str, kind: type[T]) -> T:
    """The place again; InvalidInput `invalid_cursor` for anything that `to_cursor` did not make."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return msgspec.msgpack.decode(urlsafe_b64decode(padded), type=kind)
    except (ValueError, msgspec.DecodeError):
        raise InvalidInput(
            "invalid_cursor", "`cursor` is none that this list gave: leave it out to start from the beginning."
        ) from None
