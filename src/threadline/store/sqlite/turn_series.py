"""Turns of the chosen sessions, bucket by bucket."""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from threadline.model.values import I64_MAX
from threadline.store.series import Buckets, Counts
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.selection import Selection
from threadline.store.sqlite.session_figures import ascending, numbers
from threadline.store.sqlite.session_sql import Sql, bound_ns
from threadline.store.sqlite.turn_latencies import EVERY, BucketLatencies, Latencies, Percentiles, Window, window_of

__all__ = ["add_turns", "last_place"]

TIMED = f"t.place < {I64_MAX}"


def _sum(column: str) -> str:
    """The upper and lower halves of a sum, which itself may pass 64 bits; null of nothing."""
    return f"sum({column} >> 32), sum({column} & 4294967295)"


PLAIN_SUMS = "sum(t.tokens), 0, sum(t.cost), 0"
HALVED_SUMS = f"{_sum('t.tokens')}, {_sum('t.cost')}"

FIGURES = """json_array(count(*), {sums}, count(t.latency), total(t.latency < ?),
  json_group_array(t.latency) filter (where t.latency >= ? and (t.latency <= ? or t.latency >= ?)))"""
"""Bound to a window: what lies below it is counted, what lies in it is read."""

WALK_TURNS = f"""select e.value ->> 0, (
  select {FIGURES}
  from trace t indexed by trace_time
  where t.project = ? and t.place >= e.value ->> 1 and t.place <= e.value ->> 2 and {{within}}
) from json_each(?) e"""  # noqa: S608 - constants
"""Along the turns of the project, bucket by bucket: nothing is sorted and only an index is read."""

JOIN_TURNS = f"""select case when t.place >= ? then ? when t.place < ? then -1 else (t.place - ?) / ? end as bucket,
  {FIGURES}
from chosen w cross join trace t indexed by trace_turn on t.session = w.id group by bucket"""  # noqa: S608 - constants
"""Session by session: for few of many."""

SAMPLED = """select json_group_array(latency) from (
  select t.latency from json_each(?) j cross join trace t indexed by trace_turn on t.session = j.value
  where t.latency is not null limit 10000
)"""
SESSIONS_SAMPLED = 500
"""Their turns tell the median to 2 %: half as much as the window leaves to each side."""
READ_WHOLE_MAX = 10_000
"""Of so many turns all latencies are read at once."""

_Figures = tuple[int, int | None, int | None, int | None, int | None, int, float, msgspec.Raw]
_decode = msgspec.json.Decoder(_Figures).decode


def add_turns(
    connection: Database, selection: Selection, series: Buckets, sessions: Sequence[int], turns: int
) -> Percentiles:
    """Into the series; the percentiles of their latencies. `sessions`: chosen rows, by time; `turns`: of all."""
    walk = _Turns(connection, selection, series)
    window = EVERY
    if selection.most and turns > READ_WHOLE_MAX:
        some = sessions[:: max(len(sessions) // SESSIONS_SAMPLED, 1)]
        window = window_of(ascending(connection.execute(SAMPLED, (listed(some),)).get))
    try:
        rows, halves = walk.read(window, PLAIN_SUMS), 0
    except apsw.SQLError:  # integer overflow: no honest sender's sums come near
        rows, halves = walk.read(window, HALVED_SUMS), 32
    buckets: dict[int, BucketLatencies] = {}
    for bucket, values in rows:
        count, *sums, known, below, latencies = _decode(values)
        if count:
            tokens, cost = (((upper or 0) << halves) + (lower or 0) for upper, lower in (sums[:2], sums[2:]))
            series.add(bucket, Counts(0, 0, count, tokens, cost))
            buckets[bucket] = BucketLatencies(known, int(below), numbers(bytes(latencies).decode()))
    return Latencies(buckets, window, walk.every_latency).percentiles()


class _Turns:
    """The chosen turns, as they are read."""

    def __init__(self, connection: Database, selection: Selection, series: Buckets) -> None:
        self._connection = connection
        self._selection = selection
        self._series = series

    def every_latency(self, buckets: Iterable[int]) -> dict[int, list[float]]:
        """Of these buckets; only called where a narrower window was asked for."""
        found = self.read(EVERY, "0, 0, 0, 0", set(buckets))
        return {bucket: numbers(bytes(_decode(values)[-1]).decode()) for bucket, values in found}

    def read(self, window: Window, sums: str, buckets: set[int] | None = None) -> list[tuple[Any, ...]]:
        """(bucket, FIGURES)."""
        asked = (window.low, window.low, window.high, window.cut)
        if self._selection.most:
            edges = [each for each in _places(self._series) if buckets is None or each[0] in buckets]
            within = _within(self._connection, self._selection)
            sql = WALK_TURNS.format(within=within.text, sums=sums)
            arguments = (*asked, self._selection.project, *within.arguments, listed(edges))
            return self._connection.execute(sql, arguments).fetchall()
        series = self._series
        low = bound_ns(series.low_ns - 1)
        bounds = (bound_ns(series.high_ns - 1), series.count, low, low, bound_ns(series.width_ns))
        return self._connection.execute(JOIN_TURNS.format(sums=sums), (*bounds, *asked)).fetchall()


def _within(connection: Database, selection: Selection) -> Sql:
    """Of turns in a walk."""
    if not selection.whole:
        return selection.has("t.session")
    if connection.execute("select exists (select 1 from erasure)").get:
        return Sql("t.session in (select id from session)", ())
    return Sql("t.session is not null", ())  # no turns of deleted sessions are left


def _places(series: Buckets) -> list[tuple[int, int, int]]:
    """Each bucket with its first and last place (start - 1), the one for earlier and the one for later included."""
    firsts = [-I64_MAX, *(bound_ns(start - 1) for start in series.edges())]
    lasts = [*(first - 1 for first in firsts[1:]), I64_MAX]
    return [(i - 1, first, last) for i, (first, last) in enumerate(zip(firsts, lasts, strict=True))]


def last_place(connection: Database, selection: Selection) -> int | None:
    """Of the chosen turns with a time."""
    if selection.most:
        within = _within(connection, selection)
        sql = f"""select t.place from trace t indexed by trace_time where t.project = ? and {TIMED}
        and {within.text} order by t.place desc limit 1"""  # noqa: S608 - constants
        return connection.execute(sql, (selection.project, *within.arguments)).get  # type: ignore[no-any-return]
    sql = f"""select max(t.place) from chosen w cross join trace t indexed by trace_turn on t.session = w.id
    where {TIMED}"""  # noqa: S608 - constants
    return connection.execute(sql).get  # type: ignore[no-any-return]
