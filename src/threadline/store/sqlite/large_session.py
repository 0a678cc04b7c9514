"""The order, gaps, extremes and percentiles of a large session: by lookups in indexes, never by a walk.

Only turns of large sessions carry `said` and `idle_before`, and only those stand in the indexes used here.
"""

from collections.abc import Iterable, Sequence

from threadline.store.sqlite.database import Database
from threadline.store.sqlite.figures import Figures
from threadline.store.sqlite.percentile import move, rank
from threadline.store.sqlite.session_row import Holder, SmallTurn
from threadline.store.sqlite.small_session import derive, gap_ns, pause_ns
from threadline.store.sqlite.trace_row import INPUT, METADATA, OUTPUT, start_of

__all__ = ["change", "enter", "leave"]

MARK = "update trace set said = ?, idle_before = ? where id = ?"
BEFORE = """select end from trace where session = ? and (place, trace_id) < (?, ?)
order by place desc, trace_id desc limit 1"""
AFTER = """select id, place, trace_id, idle_before from trace where session = ? and (place, trace_id) > (?, ?)
order by place, trace_id limit 1"""


def enter(connection: Database, session: int, figures: Figures, turns: list[SmallTurn]) -> None:
    """A session grows large: mark its turns, listed here in order."""
    derive(figures, turns)
    marks = []
    end_before: int | None = None
    for turn in turns:
        marks.append((turn.said, gap_ns(end_before, turn.place), turn.pk))
        end_before = turn.end
    connection.executemany(MARK, marks)
    figures.state.small = None
    _percentiles(connection, session, figures, (), ())


def leave(connection: Database, session: int, figures: Figures, added: Sequence[SmallTurn]) -> None:
    """A session is small again: list its turns. `added` are those that this commit brings."""
    connection.executemany("update trace set said = ? where id = ?", [(turn.said, turn.pk) for turn in added])
    rows = connection.execute(
        "select place, trace_id, id, end, latency, status, said from trace where session = ? order by place, trace_id",
        (session,),
    ).fetchall()
    connection.execute("update trace set said = null, idle_before = null where session = ?", (session,))
    derive(figures, [SmallTurn(*row) for row in rows])


def change(
    connection: Database,
    session: int,
    figures: Figures,
    removed: Sequence[tuple[SmallTurn, int | None]],
    added: Sequence[SmallTurn],
) -> None:
    """What a commit changes. `removed` are turns as they were, each with the gap stored before it."""
    connection.executemany(MARK, [(turn.said, None, turn.pk) for turn in added])
    shown = figures.shown
    shown.pauses_ns -= sum(pause_ns(gap) for _, gap in removed)
    shown.pauses_ns += _mend_gaps(connection, session, [turn for turn, _ in removed], added)
    _extremes(connection, session, figures)
    _percentiles(
        connection,
        session,
        figures,
        {(turn.latency, turn.pk) for turn in added if turn.latency is not None},
        {(turn.latency, turn.pk) for turn, _ in removed if turn.latency is not None},
    )


def _mend_gaps(connection: Database, session: int, removed: Iterable[SmallTurn], added: Sequence[SmallTurn]) -> int:
    """Compute the gaps before the changed turns and their successors; answers the change in pauses."""
    affected: dict[int, tuple[int, bytes, int | None]] = {turn.pk: (turn.place, turn.trace_id, None) for turn in added}
    for turn in (*removed, *added):
        row = connection.execute(AFTER, (session, turn.place, turn.trace_id)).fetchone()
        if row is not None and row[0] not in affected:
            affected[row[0]] = row[1:]
    pauses = 0
    marks = []
    for pk, (place, trace_id, stored) in affected.items():
        gap = gap_ns(connection.execute(BEFORE, (session, place, trace_id)).get, place)
        if gap != stored:
            pauses += pause_ns(gap) - pause_ns(stored)
            marks.append((gap, pk))
    connection.executemany("update trace set idle_before = ? where id = ?", marks)
    return pauses


def _extremes(connection: Database, session: int, figures: Figures) -> None:
    execute, state = connection.execute, figures.state
    first = execute(
        "select place, id from trace where session = ? order by place, trace_id limit 1", (session,)
    ).fetchone()
    state.first = first
    figures.start_time = start_of(first[0])
    figures.shown.last_turn_status = execute(
        "select status from trace where session = ? order by place desc, trace_id desc limit 1", (session,)
    ).get
    figures.last_activity = execute(
        "select end from trace where session = ? and said is not null order by end desc limit 1", (session,)
    ).get
    state.first_input = _outermost(connection, session, INPUT)
    state.metadata = _outermost(connection, session, METADATA)
    state.last_output = _outermost(connection, session, OUTPUT, last=True)


def _outermost(connection: Database, session: int, bit: int, *, last: bool = False) -> Holder | None:
    """The first (or last) turn that has this."""
    direction = "desc" if last else "asc"
    sql = f"""select place, trace_id, id from trace where session = ? and said = ?
    order by place {direction}, trace_id {direction} limit 1"""  # noqa: S608 - two fixed words
    rows = [connection.execute(sql, (session, said)).fetchone() for said in range(1, 8) if said & bit]
    found = [row for row in rows if row is not None]
    if not found:
        return None
    place, _, pk = max(found) if last else min(found)
    return place, pk


def _percentiles(
    connection: Database,
    session: int,
    figures: Figures,
    added: Iterable[tuple[int, int]],
    removed: Iterable[tuple[int, int]],
) -> None:
    state, came, left = figures.state, set(added), set(removed)
    if not state.latencies:
        state.p50 = state.p95 = figures.latency_p50 = figures.latency_p95 = None
        return
    if came or left or state.p50 is None:
        state.p50 = move(connection, session, state.p50, rank(state.latencies, 0.5), came, left)
        state.p95 = move(connection, session, state.p95, rank(state.latencies, 0.95), came, left)
    figures.latency_p50, figures.latency_p95 = state.p50.value, state.p95.value  # type: ignore[union-attr]
