"""Figures and facets over exactly the sessions that a query selects."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from threadline.model.values import I64_MAX
from threadline.store.contract import FacetValue, SessionQuery, Stats
from threadline.store.series import Buckets, Counts
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.ranks import rank_of_unsorted
from threadline.store.sqlite.search import matching_sessions
from threadline.store.sqlite.session_row import KINDS, TOOL, USER
from threadline.store.sqlite.session_sql import Sql, bound_ns, conditions

__all__ = ["facets", "stats"]

NOTHING = Stats(0, 0, 0, 0, 0, 0, 0, 0, None, True, None, None, None, None, ())

TIMED = "t.place < 9223372036854775807"


def _sum(column: str) -> str:
    """The upper and lower halves of a sum, which itself may pass 64 bits; null of nothing."""
    return f"sum({column} >> 32), sum({column} & 4294967295)"


SESSIONS = f"""select case when s.start_time is null or s.start_time - 1 >= ? then ? when s.start_time - 1 < ? then -1
    else (s.start_time - 1 - ?) / ? end as bucket,
  count(*), sum(s.error_count > 0), sum(s.turn_count), sum(s.error_count), sum(s.unpriced > 0),
  {_sum("s.prompt_tokens")}, {_sum("s.completion_tokens")}, {_sum("s.total_tokens")}, {_sum("s.cost")},
  json_group_array(s.duration) filter (where s.duration is not null)
from session s {{hint}} where {{where}} group by bucket"""  # noqa: S608 - constants

WALK_TURNS = f"""select e.key - 1, (
  select json_array(count(*), {_sum("t.tokens")}, {_sum("t.cost")},
    json_group_array(t.latency) filter (where t.latency is not null))
  from trace t indexed by trace_time
  where t.project = ? and t.place >= e.value ->> 0 and t.place <= e.value ->> 1
    and t.session {{within}}
) from json_each(?) e"""  # noqa: S608 - constants
"""Along the turns of the project, bucket by bucket: nothing is sorted and only an index is read."""

JOIN_TURNS = f"""select case when t.place >= ? then ? when t.place < ? then -1 else (t.place - ?) / ? end as bucket,
  json_array(count(*), {_sum("t.tokens")}, {_sum("t.cost")},
    json_group_array(t.latency) filter (where t.latency is not null))
from session s cross join trace t indexed by trace_turn on t.session = s.id
where {{where}} group by bucket"""  # noqa: S608 - constants
"""Session by session: for few of many."""

WALK_FROM_SHARE = 3
"""All turns of the project are walked when at least one session of so many is selected."""

_decode = msgspec.json.Decoder(tuple[int, int | None, int | None, int | None, int | None, list[int]]).decode
_numbers = msgspec.json.Decoder(list[int]).decode


class Selected(NamedTuple):
    """What a query selects."""

    where: Sql
    project: int
    most: bool
    """So many of the project's sessions that a walk along all its turns is quicker."""
    within: Sql
    """Completes `t.session ...` in such a walk."""
    hint: str
    """How to find the sessions."""


class Sums(NamedTuple):
    """Over the selected sessions."""

    sessions: int
    sessions_with_errors: int
    turns: int
    turns_with_errors: int
    unpriced: int
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    cost_nano: int | None


def stats(connection: Database, query: SessionQuery, buckets: int) -> Stats:
    """See the contract."""
    selected = _selected(connection, query)
    if selected is None:
        return NOTHING
    series = _empty_series(connection, query, selected, buckets)
    sums, durations = _add_sessions(connection, selected, series)
    latencies = _add_turns(connection, selected, series)
    return Stats(
        sessions=sums.sessions,
        sessions_with_errors=sums.sessions_with_errors,
        turns=sums.turns,
        turns_with_errors=sums.turns_with_errors,
        user_count=_users(connection, selected.where),
        prompt_tokens=sums.prompt_tokens,
        completion_tokens=sums.completion_tokens,
        total_tokens=sums.total_tokens,
        cost_nano=sums.cost_nano,
        cost_complete=not sums.unpriced,
        turn_latency_p50_ns=rank_of_unsorted(latencies, 0.5),
        turn_latency_p95_ns=rank_of_unsorted(latencies, 0.95),
        session_duration_p50_ns=rank_of_unsorted(durations, 0.5),
        session_duration_p95_ns=rank_of_unsorted(durations, 0.95),
        series=series.series(),
    )


def _selected(connection: Database, query: SessionQuery) -> Selected | None:
    """None when there is no session."""
    where = _where(connection, query)
    if where is None:
        return None
    count = connection.execute(f"select count(*) from session s where {where.text}", where.arguments).get  # noqa: S608
    if not count:
        return None
    project, sessions = connection.execute(
        "select id, sessions from project where name = ?", (query.project,)
    ).fetchone()
    within = Sql(f"in (select s.id from session s where {where.text})", where.arguments)  # noqa: S608 - made here
    if where.text == WHOLE and not connection.execute("select exists (select 1 from erasure)").get:
        within = Sql("is not null", ())  # no turns of deleted sessions are left
    most = count * WALK_FROM_SHARE >= sessions
    return Selected(where, project, most, within, _hint(connection, sessions) if most else "")


def _hint(connection: Database, sessions: int) -> str:
    """Reading the table in its order is quickest, unless most of it belongs to other projects."""
    all_ = connection.execute("select sum(sessions) from project").get
    return "not indexed" if sessions * 2 >= all_ else "indexed by session_start_time"


def _empty_series(connection: Database, query: SessionQuery, selected: Selected, count: int) -> Buckets:
    low, high = query.since_ns, query.until_ns
    where, text = selected.where, selected.where.text
    if low is None:
        low = _value(connection, f"select min(s.start_time) from session s where {text}", where.arguments) or 0  # noqa: S608
    if high is None:
        place = _last_place(connection, selected)
        high = 1 if place is None else place + 2
    return Buckets(low, high, count)


def _last_place(connection: Database, selected: Selected) -> int | None:
    """Of the selected turns with a time."""
    where, text = selected.where, selected.where.text
    if selected.most:
        sql = f"""select t.place from trace t indexed by trace_time where t.project = ? and {TIMED}
        and t.session {selected.within.text} order by t.place desc limit 1"""  # noqa: S608
        return _value(connection, sql, (selected.project, *selected.within.arguments))  # type: ignore[no-any-return]
    sql = f"""select max(t.place) from session s cross join trace t indexed by trace_turn on t.session = s.id
    where {text} and {TIMED}"""  # noqa: S608
    return _value(connection, sql, where.arguments)  # type: ignore[no-any-return]


def _add_sessions(connection: Database, selected: Selected, series: Buckets) -> tuple[Sums, list[int]]:
    """Into the series; their sums, and the durations."""
    where = selected.where
    low = bound_ns(series.low_ns - 1)
    bounds = (bound_ns(series.high_ns - 1), series.count, low, low, bound_ns(series.width_ns))
    counts = [0, 0, 0, 0, 0]
    halves: list[int | None] = [None] * 8
    durations: list[int] = []
    rows = connection.execute(SESSIONS.format(where=where.text, hint=selected.hint), (*bounds, *where.arguments))
    for bucket, *values, in_bucket in rows:
        series.add(bucket, Counts(values[0], values[1]))
        counts = [held + n for held, n in zip(counts, values[:5], strict=True)]
        halves = [n if held is None else held + (n or 0) for held, n in zip(halves, values[5:], strict=True)]
        durations += _numbers(in_bucket)
    prompt, completion, total, cost = (_whole(*halves[i : i + 2]) for i in range(0, 8, 2))
    sessions, wrong, turns, wrong_turns, unpriced = counts
    sums = Sums(sessions, wrong, turns, wrong_turns, unpriced, prompt or 0, completion or 0, total or 0, cost)
    return sums, durations


def _whole(upper: int | None, lower: int | None) -> int | None:
    """A sum from its halves, at most 2**63 - 1."""
    return None if upper is None or lower is None else min((upper << 32) + lower, I64_MAX)


def _add_turns(connection: Database, selected: Selected, series: Buckets) -> list[int]:
    """Into the series; the latencies of the turns."""
    where = selected.where
    if selected.most:
        edges = msgspec.json.encode(_places(series)).decode()
        arguments: tuple[Any, ...] = (selected.project, *selected.within.arguments, edges)
        rows = connection.execute(WALK_TURNS.format(within=selected.within.text), arguments)
    else:
        low = bound_ns(series.low_ns - 1)
        bounds = (bound_ns(series.high_ns - 1), series.count, low, low, bound_ns(series.width_ns))
        rows = connection.execute(JOIN_TURNS.format(where=where.text), (*bounds, *where.arguments))
    latencies: list[int] = []
    for bucket, values in rows:
        turns, *halves, in_bucket = _decode(values)
        if turns:
            series.add(bucket, Counts(0, 0, turns, _whole(*halves[:2]) or 0, _whole(*halves[2:]) or 0))
            latencies += in_bucket
    return latencies


def _places(series: Buckets) -> list[tuple[int, int]]:
    """The first and last place (start - 1) of each bucket, the one for earlier and the one for later included."""
    starts = [min(series.low_ns + i * series.width_ns, series.high_ns) for i in range(series.count + 1)]
    firsts = [-I64_MAX, *(bound_ns(start - 1) for start in starts)]
    return [(first, I64_MAX if i == len(firsts) - 1 else firsts[i + 1] - 1) for i, first in enumerate(firsts)]


def _users(connection: Database, where: Sql) -> int:
    if where.text == WHOLE:
        sql = "select count(distinct v.value) from session_value v where v.project = ? and v.kind = ?"
        return _value(connection, sql, (*where.arguments, USER))  # type: ignore[no-any-return]
    sql = f"""select count(distinct v.value) from session s join session_value v on v.session = s.id and v.kind = ?
    where {where.text}"""  # noqa: S608
    return _value(connection, sql, (USER, *where.arguments))  # type: ignore[no-any-return]


def facets(connection: Database, query: SessionQuery, limit: int) -> dict[str, Sequence[FacetValue]]:
    """See the contract."""
    where = _where(connection, query)
    found: dict[str, Sequence[FacetValue]] = {}
    for name, kind in KINDS.items():
        found[name] = [] if where is None else _facet(connection, where, kind, limit)
    return found


def _facet(connection: Database, where: Sql, kind: int, limit: int) -> list[FacetValue]:
    counts = "sum(v.n), sum(v.errors)" if kind == TOOL else "null, null"
    if where.text == WHOLE:
        sql = Sql(f"session_value v where v.project = ? and v.kind = {kind}", where.arguments)
    else:
        sql = Sql(
            f"session s join session_value v on v.session = s.id and v.kind = {kind} where {where.text}",
            where.arguments,
        )
    rows = connection.execute(
        f"select v.value, count(*), {counts} from {sql.text} group by v.value order by 2 desc, 1 limit ?",  # noqa: S608
        (*sql.arguments, limit),
    )
    return [FacetValue(*row) for row in rows]


WHOLE = "s.project = ?"
"""The condition of a query without any."""


def _where(connection: Database, query: SessionQuery) -> Sql | None:
    """The condition that selects the sessions; None when there can be none."""
    walk = SessionWalk(connection, query)
    if walk.project is None:
        return None
    if query.text:
        walk.narrow(matching_sessions(walk))
    return conditions(query, walk.project, walk.rows)


def _value(connection: Database, sql: str, arguments: Sequence[Any]) -> Any:
    return connection.execute(sql, arguments).get
