"""What people keep beside the telemetry: saved views and how a project labels."""

import msgspec

__all__ = ["AnnotationSetting", "SavedView"]


class SavedView(msgspec.Struct, frozen=True):
    """A list of sessions worth coming back to."""

    id: str
    project: str
    name: str
    query: str
    """As typed into the search box."""
    columns: tuple[str, ...]
    """Columns shown, in order; empty: as the reader has them."""
    sort: str
    """As the API's `sort`."""
    time_range: str
    """As the page's address has it: `7d`, or `SINCE/UNTIL` in RFC 3339; empty: all time."""
    author: str
    created_ns: int
    updated_ns: int


class AnnotationSetting(msgspec.Struct, frozen=True):
    """A name that a project labels with, and what may be said under it."""

    project: str
    name: str
    kind: str
    """`categorical`, `numeric` or `text`."""
    labels: tuple[str, ...] = ()
    """Of a categorical one, in order: the keys 1 to 9 give them."""
    minimum: float | None = None
    """Of a numeric one."""
    maximum: float | None = None
    description: str = ""
