"""Deletions, and one action or one export of many sessions."""

from typing import Annotated, Literal

from msgspec import Meta

from threadline.server.shapes.annotation import AnnotationContent
from threadline.server.shapes.base import Struct

__all__ = ["BulkAnswer", "BulkRequest", "BulkSelection", "Deletion", "ExportRequest"]


class Deletion(Struct, frozen=True):
    """What a deletion removed, and how it stands."""

    id: str
    project: str
    kind: str
    sessions: int
    traces: int
    spans: int
    requested_at: str
    erased: bool


class BulkSelection(Struct, frozen=True, kw_only=True):
    """All sessions of a query. Parameters as in the list of sessions."""

    q: Annotated[str, Meta(max_length=65_536)] | None = None
    """At most 4,096 characters: a longer one is refused with the column."""
    text: Annotated[str, Meta(min_length=1, max_length=1024)] | None = None
    session_id: str | None = None
    user_id: str | None = None
    since: str | None = None
    until: str | None = None
    expected: Annotated[int, Meta(ge=0)]
    """How many the person saw. When it is another number by now, nothing is done: 409 `count_changed`."""


class BulkRequest(Struct, frozen=True):
    """What to do with many sessions of a project at once."""

    action: Literal["annotate", "tag", "delete"]
    ids: Annotated[list[str], Meta(min_length=1, max_length=1000)] | None = None
    """`Session.id` of each; or `select`."""
    select: BulkSelection | None = None
    """All sessions of a query, at most 10,000; or `ids`."""
    annotation: AnnotationContent | None = None
    """For `annotate`."""
    tag: Annotated[str, Meta(min_length=1, max_length=256)] | None = None
    """For `tag`. A person's tag is an annotation named `tag` whose label and identifier are the tag: what
    the application sent in `tags` stays as it was sent."""
    author: Annotated[str, Meta(max_length=256)] = ""
    """Who tags."""


class BulkAnswer(Struct, frozen=True):
    """What a bulk action did."""

    done: int
    missing: list[str]
    """Ids under which no session is stored (any more)."""
    deletions: list[Deletion]
    """For `delete`: one for each session."""


class ExportRequest(Struct, frozen=True):
    """Sessions picked one by one, to be exported in one file."""

    ids: Annotated[list[str], Meta(min_length=1, max_length=10_000)]
    """`Session.id` of each, in the order in which they are wanted."""
    format: Literal["jsonl", "openai"] = "jsonl"
    """`jsonl`: a line for each turn; `openai`: a line of the fine-tuning format for each session."""
