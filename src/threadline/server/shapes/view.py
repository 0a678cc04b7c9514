"""What people keep: saved views, and what they have reviewed."""

from typing import Annotated

from msgspec import Meta, field

from threadline.server.shapes.base import Struct

__all__ = ["NewView", "Seen", "SeenList", "SeenRequest", "View", "Views"]


class NewView(Struct, frozen=True, kw_only=True):
    """A list of sessions worth coming back to."""

    name: Annotated[str, Meta(min_length=1, max_length=256)]
    query: Annotated[str, Meta(max_length=4096)] = ""
    """As typed into the search box."""
    columns: Annotated[list[Annotated[str, Meta(max_length=64)]], Meta(max_length=50)] = field(default_factory=list)
    """Columns shown, in order; empty: as the reader has them."""
    sort: Annotated[str, Meta(max_length=64)] = "-last_activity"
    time_range: Annotated[str, Meta(max_length=128)] = ""
    """`7d`, or `SINCE/UNTIL` in RFC 3339; empty: all time."""
    author: Annotated[str, Meta(max_length=256)] = ""


class View(Struct, frozen=True):
    """A saved view."""

    id: str
    project: str
    name: str
    query: str
    columns: list[str]
    sort: str
    time_range: str
    author: str
    created_at: str
    updated_at: str


class Views(Struct, frozen=True):
    """A page of saved views."""

    data: list[View]
    next_cursor: str | None


class SeenRequest(Struct, frozen=True, kw_only=True):
    """Sessions that somebody has reviewed."""

    author: Annotated[str, Meta(min_length=1, max_length=256)]
    ids: Annotated[list[str], Meta(min_length=1, max_length=1000)]
    """`Session.id` of each."""


class Seen(Struct, frozen=True):
    """A session that this author has reviewed."""

    id: str
    seen_at: str
    """When first."""


class SeenList(Struct, frozen=True):
    """A page of reviewed sessions."""

    data: list[Seen]
    next_cursor: str | None
