"""SQL over session rows: pure (what is asked) -> (sql, arguments)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from threadline.model.values import I64_MAX
from threadline.store.contract import SessionQuery
from threadline.store.sqlite.session_row import COLUMNS

__all__ = [
    "FALSE",
    "NOTHING",
    "SKEW_NS",
    "SORT_COLUMNS",
    "TRUE",
    "After",
    "Read",
    "Sql",
    "Stretch",
    "bound_ns",
    "conditions",
    "milestone_sql",
    "stretch_sql",
    "stretches",
    "up_to",
]

SORT_COLUMNS = {
    "last_activity": "last_activity",
    "start_time": "start_time",
    "duration_ms": "duration",
    "turn_count": "turn_count",
    "error_count": "error_count",
    "total_tokens": "total_tokens",
    "cost_usd": "cost",
    "latency_p95_ms": "latency_p95",
}
"""SessionQuery.sort -> column. Each has the index `session_<column>` on (project, column, key)."""

NEVER_NULL = {"turn_count", "error_count", "total_tokens"}

SKEW_NS = 5 * 60 * 1_000_000_000
"""A session later than now + 5 min comes after all others (DESIGN.md, "Odd times")."""


class Sql(NamedTuple):
    """A statement and what is bound to it, in order."""

    text: str
    arguments: tuple[Any, ...]


NOTHING, TRUE, FALSE = Sql("", ()), Sql("1", ()), Sql("0", ())


class Stretch(NamedTuple):
    """A part of a walk that one index range answers."""

    skewed: bool
    nulls: bool
    """Those without a value in the sorted column."""


class After(NamedTuple):
    """The last session of the page before."""

    value: int | None
    tie: int


def bound_ns(time_ns: int) -> int:
    """A time as it can be bound: later ones than any stored are all the same."""
    return max(min(time_ns, I64_MAX), -I64_MAX)


def stretches(sort: str, now_ns: int) -> list[Stretch]:
    """The parts of a walk, in order. Without a clock (0) nothing is skewed."""
    return [
        Stretch(skewed, nulls)
        for skewed in ((False, True) if now_ns else (False,))
        for nulls in ((False,) if sort in NEVER_NULL else (False, True))
    ]


def conditions(query: SessionQuery, project: int, rows: Sequence[int] | None = None) -> Sql:
    """Which sessions the query selects; `rows` narrows it to these session rows (as found by id, user or text)."""
    parts = ["s.project = ?"]
    arguments: list[Any] = [project]
    if query.since_ns is not None:
        parts.append("s.last_activity >= ?")
        arguments.append(bound_ns(query.since_ns))
    if query.until_ns is not None:
        parts.append("s.start_time < ?")
        arguments.append(bound_ns(query.until_ns))
    text = " and ".join(parts)
    if rows is None:
        return Sql(text, tuple(arguments))
    return Sql(f"{text} and s.id in (select value from json_each(?))", (*arguments, str(list(rows))))  # noqa: S608 - made above


class Read(NamedTuple):
    """How the next sessions are read."""

    limit: int
    indexed: bool = True
    """Walk the sort's index; else sort what the condition leaves."""
    beside: Sql = NOTHING
    """Read behind COLUMNS, each of its columns behind a comma."""


def stretch_sql(  # noqa: PLR0917 - a walk's whole state
    query: SessionQuery, where: Sql, stretch: Stretch, now_ns: int, after: After | None, read: Read
) -> Sql:
    """The next sessions of a stretch."""
    column, direction = SORT_COLUMNS[query.sort], "desc" if query.descending else "asc"
    parts, arguments = [where.text], [*read.beside.arguments, *where.arguments]
    if now_ns:
        parts.append("s.last_activity > ?" if stretch.skewed else "(s.last_activity is null or s.last_activity <= ?)")
        arguments.append(bound_ns(now_ns + SKEW_NS))
    parts.append(f"s.{column} is null" if stretch.nulls else f"s.{column} is not null")
    if after is not None:
        beyond = _beyond(query, stretch, after)
        parts.append(beyond.text)
        arguments += beyond.arguments
    hint = f"indexed by session_{column}" if read.indexed else "not indexed"
    order = f"s.tie {direction}" if stretch.nulls else f"s.{column} {direction}, s.tie {direction}"
    text = (
        f"select {COLUMNS}{read.beside.text} from session s {hint} where {' and '.join(parts)} order by {order} limit ?"  # noqa: S608
    )
    return Sql(text, (*arguments, read.limit))


def _beyond(query: SessionQuery, stretch: Stretch, after: After) -> Sql:
    """Further on in the list than this place."""
    return _beside(query, stretch, after, "<" if query.descending else ">")


def _beside(query: SessionQuery, stretch: Stretch, place: After, side: str) -> Sql:
    if stretch.nulls:
        return Sql(f"s.tie {side} ?", (place.tie,))
    return Sql(f"(s.{SORT_COLUMNS[query.sort]}, s.tie) {side} (?, ?)", (place.value, place.tie))


def milestone_sql(query: SessionQuery, project: int, stretch: Stretch, after: After | None, examined: int) -> Sql:
    """The place (value, tie) in a stretch that so many sessions of the project, chosen or not, stand before."""
    column, direction = SORT_COLUMNS[query.sort], "desc" if query.descending else "asc"
    beyond = TRUE if after is None else _beyond(query, stretch, after)
    return Sql(
        f"""select s.{column}, s.tie from session s indexed by session_{column} where s.project = ?
        and s.{column} is {"" if stretch.nulls else "not "}null and {beyond.text}
        order by s.{column} {direction}, s.tie {direction} limit 1 offset ?""",  # noqa: S608 - constants
        (project, *beyond.arguments, examined),
    )


def up_to(query: SessionQuery, stretch: Stretch, place: After) -> Sql:
    """Not further on in the list than this place, said so that a walk along the index ends there."""
    return _beside(query, stretch, place, ">=" if query.descending else "<=")
