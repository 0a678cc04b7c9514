"""Distinct end users of each bucket's turns.

Nearly every session lies in one bucket, and its users with it. Of the others each turn is asked for its user.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from threadline.model.values import I64_MAX
from threadline.store.series import Buckets
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.selection import Selection
from threadline.store.sqlite.session_row import USER
from threadline.store.sqlite.trace_row import decode_record, start_of

__all__ = ["users_by_bucket"]


def users_by_bucket(  # noqa: PLR0917 - the chosen sessions, column by column
    connection: Database,
    selection: Selection,
    rows: Sequence[int],
    starts: Sequence[int],
    ends: Sequence[int],
    series: Buckets,
) -> tuple[Mapping[int, int], int]:
    """Users of each bucket, and of all turns. `starts` and `ends`: the buckets of each session's first and last."""
    place_of: dict[int, int | None] = dict(zip(rows, starts, strict=True))
    untimed = _with_untimed_turns(connection, selection)
    spread = [
        row for row, start, end in zip(rows, starts, ends, strict=True) if start != end or (untimed and row in untimed)
    ]
    place_of.update(dict.fromkeys(spread))
    found = {(place_of.get(session), user) for session, user in _users(connection, selection)}
    # None: not chosen, or in several buckets
    found = {each for each in found if each[0] is not None}
    found.update((place, user) for user, place in _each_turn(connection, spread, series))
    counts = Counter(place for place, _ in found if place is not None)
    return counts, len({user for _, user in found})


def _with_untimed_turns(connection: Database, selection: Selection) -> set[int]:
    found = connection.execute(
        f"select distinct session from trace indexed by trace_time where project = ? and place = {I64_MAX}",  # noqa: S608
        (selection.project,),
    )
    return {session for (session,) in found if session is not None}


def _users(connection: Database, selection: Selection) -> list[tuple[int, str]]:
    """(session, user); of sessions that are not chosen too where most are."""
    if selection.most:
        sql = f"select session, value from session_value where project = ? and kind = {USER}"  # noqa: S608
        return connection.execute(sql, (selection.project,)).fetchall()
    sql = f"select v.session, v.value from chosen w cross join session_value v on v.session = w.id and v.kind = {USER}"  # noqa: S608
    return connection.execute(sql).fetchall()


def _each_turn(connection: Database, sessions: Sequence[int], series: Buckets) -> list[tuple[str, int]]:
    """(user, bucket) of the turns of sessions that lie in several buckets."""
    if not sessions:
        return []
    found: list[tuple[str, int]] = []
    one_user = connection.execute(
        f"""select t.place, v.value from json_each(?) j cross join session s on s.id = j.value
        cross join session_value v on v.session = s.id and v.kind = {USER} and v.n = s.turn_count
        cross join trace t indexed by trace_turn on t.session = s.id""",  # noqa: S608 - constants
        (listed(sessions),),
    )
    found += [(user, series.place(start_of(place))) for place, user in one_user]
    several = connection.execute(
        f"""select t.place, t.record from json_each(?) j cross join session s on s.id = j.value
        cross join trace t indexed by trace_turn on t.session = s.id
        where exists (
          select 1 from session_value v where v.session = s.id and v.kind = {USER} and v.n < s.turn_count
        )""",  # noqa: S608
        (listed(sessions),),
    )
    for place, record in several:
        user = decode_record(record).user_id
        if user is not None:
            found.append((user, series.place(start_of(place))))
    return found
