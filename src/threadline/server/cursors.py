"""Cursors made by the server: opaque, URL-safe, without row numbers, each good for the one list that gave it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Annotated, TypeAlias, TypeVar

import msgspec

from threadline.errors import InvalidInput

__all__ = ["Hint", "from_cursor", "to_cursor"]

T = TypeVar("T")

Hint: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
"""A place counted in a list. Bounded, because a cursor is made up easily."""


def to_cursor(place: object, *scope: str) -> str:
    """A place in a list as text. `scope` is the list's name and everything that decides what it shows."""
    return urlsafe_b64encode(msgspec.msgpack.encode((_bound_to(scope), place))).decode().rstrip("=")


def from_cursor(cursor: str, kind: type[T], *scope: str) -> T:
    """The place again; InvalidInput `invalid_cursor` for anything that `to_cursor` did not make in this scope."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        bound_to, place = msgspec.msgpack.decode(urlsafe_b64decode(padded), type=tuple[bytes, msgspec.Raw])
        if bound_to == _bound_to(scope):
            return msgspec.msgpack.decode(place, type=kind)
    except (ValueError, msgspec.DecodeError):
        pass
    raise InvalidInput(
        "invalid_cursor", "`cursor` is none that this list gave: leave it out to start from the beginning."
    )


def _bound_to(scope: tuple[str, ...]) -> bytes:
    return blake2b(repr(scope).encode(), digest_size=8).digest()
