"""Turns of the chosen sessions, bucket by bucket."""

from typing import Any

import apsw
import msgspec

from threadline.model.values import I64_MAX
from threadline.store.series import Buckets, Counts
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.selection import Selection
from threadline.store.sqlite.session_sql import bound_ns

__all__ = ["add_turns", "last_place"]

TIMED = f"t.place < {I64_MAX}"


def _sum(column: str) -> str:
    """The upper and lower halves of a sum, which itself may pass 64 bits; null of nothing."""
    return f"sum({column} >> 32), sum({column} & 4294967295)"


PLAIN_SUMS = "sum(t.tokens), 0, sum(t.cost), 0"
HALVED_SUMS = f"{_sum('t.tokens')}, {_sum('t.cost')}"

WALK_TURNS = """select e.key - 1, (
  select json_array(count(*), {sums}, json_group_array(t.latency) filter (where t.latency is not null))
  from trace t indexed by trace_time
  where t.project = ? and t.place >= e.value ->> 0 and t.place <= e.value ->> 1
    and t.session {within}
) from json_each(?) e"""
"""Along the turns of the project, bucket by bucket: nothing is sorted and only an index is read."""

JOIN_TURNS = """select case when t.place >= ? then ? when t.place < ? then -1 else (t.place - ?) / ? end as bucket,
  json_array(count(*), {sums}, json_group_array(t.latency) filter (where t.latency is not null))
from chosen w cross join trace t indexed by trace_turn on t.session = w.id group by bucket"""
"""Session by session: for few of many."""

_decode = msgspec.json.Decoder(tuple[int, int | None, int | None, int | None, int | None, list[int]]).decode


def add_turns(connection: Database, selection: Selection, series: Buckets) -> dict[int, list[int]]:
    """Into the series; the latencies of each bucket's turns."""
    try:
        rows = _turns(connection, selection, series, PLAIN_SUMS)
        halves = 0
    except apsw.SQLError:  # integer overflow: no honest sender's sums come near
        rows = _turns(connection, selection, series, HALVED_SUMS)
        halves = 32
    latencies: dict[int, list[int]] = {}
    for bucket, values in rows:
        turns, *sums, in_bucket = _decode(values)
        if turns:
            tokens, cost = (((upper or 0) << halves) + (lower or 0) for upper, lower in (sums[:2], sums[2:]))
            series.add(bucket, Counts(0, 0, turns, tokens, cost))
            latencies[bucket] = in_bucket
    return latencies


def _turns(connection: Database, selection: Selection, series: Buckets, sums: str) -> list[tuple[Any, ...]]:
    if selection.most:
        edges = msgspec.json.encode(_places(series)).decode()
        sql = WALK_TURNS.format(within=_within(connection, selection), sums=sums)
        return connection.execute(sql, (selection.project, edges)).fetchall()
    low = bound_ns(series.low_ns - 1)
    bounds = (bound_ns(series.high_ns - 1), series.count, low, low, bound_ns(series.width_ns))
    return connection.execute(JOIN_TURNS.format(sums=sums), bounds).fetchall()


def _within(connection: Database, selection: Selection) -> str:
    """Completes `t.session ...` in a walk."""
    if not selection.whole:
        return "in (select id from chosen)"
    if connection.execute("select exists (select 1 from erasure)").get:
        return "in (select id from session)"
    return "is not null"  # no turns of deleted sessions are left


def _places(series: Buckets) -> list[tuple[int, int]]:
    """The first and last place (start - 1) of each bucket, the one for earlier and the one for later included."""
    starts = [min(series.low_ns + i * series.width_ns, series.high_ns) for i in range(series.count + 1)]
    firsts = [-I64_MAX, *(bound_ns(start - 1) for start in starts)]
    return [(first, I64_MAX if i == len(firsts) - 1 else firsts[i + 1] - 1) for i, first in enumerate(firsts)]


def last_place(connection: Database, selection: Selection) -> int | None:
    """Of the chosen turns with a time."""
    if selection.most:
        sql = f"""select t.place from trace t indexed by trace_time where t.project = ? and {TIMED}
        and t.session {_within(connection, selection)} order by t.place desc limit 1"""  # noqa: S608 - constants
        return connection.execute(sql, (selection.project,)).get  # type: ignore[no-any-return]
    sql = f"""select max(t.place) from chosen w cross join trace t indexed by trace_turn on t.session = w.id
    where {TIMED}"""  # noqa: S608 - constants
    return connection.execute(sql).get  # type: ignore[no-any-return]
