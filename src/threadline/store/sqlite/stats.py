"""Figures over exactly the sessions that a query selects."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from threadline.model.values import capped
from threadline.sessions.totals import nearest_rank
from threadline.store.contract import SessionQuery, Stats
from threadline.store.distributions import drop_off, ranges
from threadline.store.series import Buckets, Counts
from threadline.store.sqlite.bucket_users import users_by_bucket
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.ranks import rank_of_unsorted
from threadline.store.sqlite.selection import Looked, Selection, select
from threadline.store.sqlite.turn_series import add_turns, last_place

__all__ = ["stats", "stats_of"]

NO_SHAPES: dict[str, list[object]] = {"turns": [], "duration": [], "cost": [], "latency": []}
NOTHING = Stats(0, 0, 0, 0, 0, 0, 0, 0, None, True, None, None, None, None, (), NO_SHAPES, [])  # type: ignore[arg-type]

FIGURES = (
    "id",
    "start_time",
    "last_activity",
    "duration",
    "turn_count",
    "error_count",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "cost",
    "unpriced",
    "latency_p95",
)
READ = ", ".join(f"json_group_array(s.{column})" for column in FIGURES)
"""A column at a time: a fifth of the time that rows take."""

_numbers = msgspec.json.Decoder(list[int]).decode
_known_or_not = msgspec.json.Decoder(list[int | None]).decode


class Figures(NamedTuple):
    """Of the chosen sessions, column by column, in one order."""

    row: list[int]
    start: list[int | None]
    last: list[int | None]
    duration: list[int | None]
    turns: list[int]
    errors: list[int]
    prompt: list[int]
    completion: list[int]
    total: list[int]
    cost: list[int | None]
    unpriced: list[int]
    latency: list[int | None]


def stats(connection: Database, query: SessionQuery, buckets: int, looked: Looked | None = None) -> Stats:
    """See the contract."""
    selection = select(connection, query, looked=looked)
    if selection is None or not selection.chosen:
        return msgspec.structs.replace(NOTHING, complete=selection is None)
    return stats_of(connection, query, selection, buckets)


def stats_of(connection: Database, query: SessionQuery, selection: Selection, buckets: int) -> Stats:
    """Of the sessions chosen."""
    figures = _read(connection, selection)
    series = _empty_series(connection, query, selection, figures, buckets)
    places = series.places(figures.start)
    failed = Counter(place for place, errors in zip(places, figures.errors, strict=True) if errors)
    for place, sessions in Counter(places).items():
        series.add(place, Counts(sessions, failed[place]))
    latencies = add_turns(connection, selection, series)
    users, user_count = users_by_bucket(connection, selection, figures.row, places, _ends(series, figures), series)
    every = [latency for in_bucket in latencies.values() for latency in in_bucket]
    durations, turns = _known(figures.duration), sorted(figures.turns)
    costs = _known(figures.cost)
    return Stats(
        sessions=len(figures.row),
        sessions_with_errors=len([1 for errors in figures.errors if errors]),
        turns=sum(figures.turns),
        turns_with_errors=sum(figures.errors),
        user_count=user_count,
        prompt_tokens=capped(sum(figures.prompt)),
        completion_tokens=capped(sum(figures.completion)),
        total_tokens=capped(sum(figures.total)),
        cost_nano=capped(sum(costs)) if costs else None,
        cost_complete=not any(figures.unpriced),
        turn_latency_p50_ns=rank_of_unsorted(every, 0.5),
        turn_latency_p95_ns=rank_of_unsorted(every, 0.95),
        session_duration_p50_ns=nearest_rank(durations, 0.5),
        session_duration_p95_ns=nearest_rank(durations, 0.95),
        series=series.series(
            users, {place: rank_of_unsorted(in_bucket, 0.95) for place, in_bucket in latencies.items()}
        ),
        distributions={
            "turns": ranges("turns", turns),
            "duration": ranges("duration", durations),
            "cost": ranges("cost", costs),
            "latency": ranges("latency", _known(figures.latency)),
        },
        drop_off=drop_off(turns),
        complete=selection.complete,
    )


def _read(connection: Database, selection: Selection) -> Figures:
    text, arguments = selection.sessions
    row = connection.execute(f"select {READ} from {text}", arguments).fetchone()  # noqa: S608 - constants
    return Figures(*(_known_or_not(column) for column in row))  # type: ignore[arg-type]


def _known(figures: Sequence[int | None]) -> list[int]:
    return sorted([figure for figure in figures if figure is not None])


def _ends(series: Buckets, figures: Figures) -> list[int]:
    """The bucket of each session's last activity: no turn with a time lies in a later one."""
    return series.places(figures.last)


def _empty_series(
    connection: Database, query: SessionQuery, selection: Selection, figures: Figures, count: int
) -> Buckets:
    low, high = query.since_ns, query.until_ns
    if low is None:
        low = min((start for start in figures.start if start is not None), default=0)
    if high is None:
        place = last_place(connection, selection)
        high = 1 if place is None else place + 2
    return Buckets(low, high, count)
