"""Figures over exactly the sessions that a query selects."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from threadline.sessions.totals import nearest_rank
from threadline.store.contract import SessionQuery, Stats
from threadline.store.distributions import drop_off, ranges
from threadline.store.series import Buckets, Counts
from threadline.store.sqlite.bucket_users import users_by_bucket, with_untimed_turns
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.selection import Looked, Selection, select
from threadline.store.sqlite.session_figures import SessionFigures, read_figures
from threadline.store.sqlite.session_places import session_places
from threadline.store.sqlite.turn_series import add_turns, last_place

__all__ = ["stats", "stats_of"]

NO_SHAPES: dict[str, list[object]] = {"turns": [], "duration": [], "cost": [], "latency": []}
NOTHING = Stats(0, 0, 0, 0, 0, 0, 0, 0, None, True, None, None, None, None, (), NO_SHAPES, [])  # type: ignore[arg-type]


def stats(connection: Database, query: SessionQuery, buckets: int, looked: Looked | None = None) -> Stats:
    """See the contract."""
    selection = select(connection, query, looked=looked)
    if selection is None or not selection.chosen:
        return msgspec.structs.replace(NOTHING, complete=selection is None)
    return stats_of(connection, query, selection, buckets)


def stats_of(connection: Database, query: SessionQuery, selection: Selection, buckets: int) -> Stats:
    """Of the sessions chosen."""
    figures = read_figures(connection, selection)
    series = _empty_series(connection, query, selection, figures, buckets)
    places = session_places(figures, series, with_untimed_turns(connection, selection))
    failed = Counter(series.places(figures.failed))
    for place, sessions in places.begun.items():
        if sessions:
            series.add(place, Counts(sessions, failed[place]))
    latencies = add_turns(connection, selection, series, figures.rows, figures.turns)
    users, user_count = users_by_bucket(connection, selection, places, series)
    return Stats(
        sessions=figures.sessions,
        sessions_with_errors=len(figures.failed),
        turns=figures.turns,
        turns_with_errors=figures.errors,
        user_count=user_count,
        prompt_tokens=figures.prompt_tokens,
        completion_tokens=figures.completion_tokens,
        total_tokens=figures.total_tokens,
        cost_nano=figures.cost,
        cost_complete=not figures.unpriced,
        turn_latency_p50_ns=latencies.p50,
        turn_latency_p95_ns=latencies.p95,
        session_duration_p50_ns=_nearest_rank(figures.durations, 0.5),
        session_duration_p95_ns=_nearest_rank(figures.durations, 0.95),
        series=series.series(users, latencies.p95_by_bucket),
        distributions={
            "turns": ranges("turns", figures.turn_counts),
            "duration": ranges("duration", figures.durations),
            "cost": ranges("cost", figures.costs),
            "latency": ranges("latency", figures.latencies),
        },
        drop_off=drop_off(figures.turn_counts),
        complete=selection.complete,
    )


def _nearest_rank(ascending: Sequence[float], p: float) -> int | None:
    found = nearest_rank(ascending, p)  # type: ignore[arg-type] # whole numbers
    return None if found is None else int(found)


def _empty_series(
    connection: Database, query: SessionQuery, selection: Selection, figures: SessionFigures, count: int
) -> Buckets:
    low, high = query.since_ns, query.until_ns
    if low is None:
        low = figures.first_start or 0
    if high is None:
        place = last_place(connection, selection)
        high = 1 if place is None else place + 2
    return Buckets(low, high, count)
