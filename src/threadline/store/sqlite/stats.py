"""Figures and facets over exactly the sessions that a query selects."""

from collections.abc import Sequence
from typing import Any

from threadline.sessions.totals import nearest_rank
from threadline.store.contract import FacetValue, SessionQuery, Stats
from threadline.store.series import Buckets, Counts
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.search import matching_sessions
from threadline.store.sqlite.session_row import KINDS, TOOL, USER
from threadline.store.sqlite.session_sql import Sql, bound_ns, conditions

__all__ = ["facets", "stats"]

NOTHING = Stats(0, 0, 0, 0, 0, 0, 0, 0, None, True, None, None, None, None, ())

SUMS = """select count(*), sum(s.error_count > 0), sum(s.turn_count), sum(s.error_count), sum(s.prompt_tokens),
sum(s.completion_tokens), sum(s.total_tokens), sum(s.cost), sum(s.unpriced > 0) from session s where """


def stats(connection: Database, query: SessionQuery, buckets: int) -> Stats:
    """See the contract."""
    where = _where(connection, query)
    if where is None:
        return NOTHING
    sums = connection.execute(SUMS + where.text, where.arguments).fetchone()
    if not sums[0]:
        return NOTHING
    latencies = _column(
        connection,
        f"select t.latency from session s join trace t on t.session = s.id where {where.text} "  # noqa: S608
        "and t.latency is not null order by 1",
        where,
    )
    durations = _column(
        connection,
        f"select s.duration from session s where {where.text} and s.duration is not null order by 1",  # noqa: S608
        where,
    )
    users = connection.execute(
        f"""select count(distinct v.value) from session s join session_value v on v.session = s.id and v.kind = ?
        where {where.text}""",  # noqa: S608
        (USER, *where.arguments),
    ).get
    return Stats(
        sessions=sums[0],
        sessions_with_errors=sums[1],
        turns=sums[2],
        turns_with_errors=sums[3],
        user_count=users,
        prompt_tokens=sums[4],
        completion_tokens=sums[5],
        total_tokens=sums[6],
        cost_nano=sums[7],
        cost_complete=not sums[8],
        turn_latency_p50_ns=nearest_rank(latencies, 0.5),
        turn_latency_p95_ns=nearest_rank(latencies, 0.95),
        session_duration_p50_ns=nearest_rank(durations, 0.5),
        session_duration_p95_ns=nearest_rank(durations, 0.95),
        series=_series(connection, query, where, buckets).series(),
    )


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


def _column(connection: Database, sql: str, where: Sql) -> list[int]:
    return [row[0] for row in connection.execute(sql, where.arguments)]


def _series(connection: Database, query: SessionQuery, where: Sql, count: int) -> Buckets:
    turns = f"session s join trace t on t.session = s.id where {where.text}"
    low, high = query.since_ns, query.until_ns
    if low is None:
        low = _extreme(connection, f"select min(s.start_time) from session s where {where.text}", where) or 0  # noqa: S608
    if high is None:
        latest = f"select max(t.place) from {turns} and t.place < 9223372036854775807"  # noqa: S608
        place = _extreme(connection, latest, where)
        high = 1 if place is None else place + 2
    series = Buckets(low, high, count)
    for start, errors in connection.execute(
        f"select s.start_time, s.error_count > 0 from session s where {where.text}",  # noqa: S608
        where.arguments,
    ):
        series.add(series.place(start), Counts(1, errors))
    grouped = f"""select case when t.place >= ? then ?
      when t.place + 1 < ? then -1 else (t.place + 1 - ?) / ? end as bucket,
      count(*), sum(t.tokens), sum(coalesce(t.cost, 0)) from {turns} group by bucket"""  # noqa: S608
    low, high = bound_ns(series.low_ns), bound_ns(series.high_ns - 1)
    bounds = (high, series.count, low, low, bound_ns(series.width_ns))
    for place, n, tokens, cost in connection.execute(grouped, (*bounds, *where.arguments)):
        series.add(place, Counts(0, 0, n, tokens, cost))
    return series


def _extreme(connection: Database, sql: str, where: Sql) -> Any:
    return connection.execute(sql, where.arguments).get
