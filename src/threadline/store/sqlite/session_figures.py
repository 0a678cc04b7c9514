"""The figures of the chosen sessions, column by column: a fifth of the time that rows take."""

from typing import Any, NamedTuple

import apsw
import msgspec

from threadline.model.values import capped
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.selection import Selection

__all__ = ["SessionFigures", "ascending", "numbers", "read_figures"]

TIMED = "s.start_time is not null and s.last_activity is not null"
COLUMNS = f"""count(*), sum(s.turn_count), sum(s.error_count), max(s.unpriced), min(s.start_time),
json_group_array(s.id) filter (where {TIMED}), json_group_array(s.start_time) filter (where {TIMED}),
json_group_array(s.last_activity) filter (where {TIMED}),
json_group_array(json_array(s.id, s.start_time)) filter (where not ({TIMED})),
json_group_array(s.start_time) filter (where s.error_count > 0)"""
SPREAD = ("turn_count", "duration", "cost", "latency_p95")
IN_PASSING = ", ".join(f"json_group_array(s.{column}) filter (where s.{column} is not null)" for column in SPREAD)
IN_ORDER = ", ".join(
    f"""(select json_group_array({column}) from session indexed by session_{column}
    where project = ? and {column} is not null)"""  # noqa: S608 - constants
    for column in SPREAD
)
"""Of a whole project: to read them from an index of their own takes less than to sort them."""
SUMMED = ("prompt_tokens", "completion_tokens", "total_tokens", "cost")
PLAIN_SUMS = ", ".join(f"sum(s.{column}), 0" for column in SUMMED)
HALVED_SUMS = ", ".join(f"sum(s.{column} >> 32), sum(s.{column} & 4294967295)" for column in SUMMED)
"""The upper and lower halves of a sum, which itself may pass 64 bits; null of nothing."""

EXACT_BELOW = 2**53
"""Floats are sorted and compared in half the time that integers beyond 30 bits take; below this they are exact."""

_integers = msgspec.json.Decoder(list[int]).decode
_floats = msgspec.json.Decoder(list[float]).decode
_times = msgspec.json.Decoder(list[int | None]).decode
_untimed = msgspec.json.Decoder(list[tuple[int, int | None]]).decode


class SessionFigures(NamedTuple):
    """Of the chosen sessions."""

    sessions: int
    turns: int
    errors: int
    unpriced: int
    """The most of any session."""
    first_start: int | None
    rows: list[int]
    """Sessions with a time, by their last activity; `starts` and `lasts` in the same order."""
    starts: list[int]
    lasts: list[int]
    untimed: list[tuple[int, int | None]]
    """(row, start) of the others."""
    failed: list[int | None]
    """Starts of the sessions with errors."""
    turn_counts: list[int]
    durations: list[float]
    """As this and the next two: known ones alone, rising, whole numbers."""
    costs: list[float]
    latencies: list[float]
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    cost: int | None


def read_figures(connection: Database, selection: Selection) -> SessionFigures:
    """One pass over the index of sessions, of which some are chosen."""
    try:
        row, halves = _read(connection, selection, PLAIN_SUMS), 0
    except apsw.SQLError:  # integer overflow
        row, halves = _read(connection, selection, HALVED_SUMS), 32
    pairs = range(14, len(row), 2)
    figures = SessionFigures._make(
        [
            *(each or 0 for each in row[:4]),
            row[4],
            *map(_integers, row[5:8]),
            _untimed(row[8]),
            _times(row[9]),
            sorted(_integers(row[10])),
            *map(ascending, row[11:14]),
            *(0 if row[i] is None else capped((row[i] << halves) + row[i + 1]) for i in pairs),
        ]
    )
    if not figures.costs:
        figures = figures._replace(cost=None)
    return figures if selection.most else _in_order(figures)  # most are read in their order


def _in_order(figures: SessionFigures) -> SessionFigures:
    order = sorted(range(len(figures.rows)), key=figures.lasts.__getitem__)
    rows, starts, lasts = (
        [column[place] for place in order] for column in (figures.rows, figures.starts, figures.lasts)
    )
    return figures._replace(rows=rows, starts=starts, lasts=lasts)


def _read(connection: Database, selection: Selection, sums: str) -> tuple[Any, ...]:
    text, arguments = selection.sessions
    spread = IN_PASSING
    if selection.whole:
        spread, arguments = IN_ORDER, (*[selection.project] * len(SPREAD), *arguments)
    return connection.execute(f"select {COLUMNS}, {spread}, {sums} from {text}", arguments).fetchone()  # type: ignore[no-any-return] # noqa: S608 - constants


def numbers(text: str) -> list[float]:
    """A JSON list of integers; as floats where all are exact."""
    found = _floats(text)
    if found and (max(found) >= EXACT_BELOW or min(found) <= -EXACT_BELOW):
        return _integers(text)  # type: ignore[return-value] # an int is as good as a float
    return found


def ascending(text: str) -> list[float]:
    """The same, sorted."""
    return sorted(numbers(text))
