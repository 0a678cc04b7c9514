"""Distinct end users of each bucket's turns.

Nearly every session lies in one bucket, and its users with it. Of the others each turn is asked for its user.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec

from threadline.model.values import I64_MAX
from threadline.store.series import Buckets
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.selection import Selection
from threadline.store.sqlite.session_places import SessionPlaces
from threadline.store.sqlite.session_row import USER
from threadline.store.sqlite.trace_row import decode_record, start_of

__all__ = ["users_by_bucket", "with_untimed_turns"]

_rows = msgspec.json.Decoder(list[int]).decode


def users_by_bucket(
    connection: Database, selection: Selection, places: SessionPlaces, series: Buckets
) -> tuple[Mapping[int, int], int]:
    """Users of each bucket, and of all turns."""
    place_of = places.of.get
    found: dict[str, set[int | None]] = {}
    for user, sessions in _users(connection, selection):
        in_buckets = set(map(place_of, _rows(sessions)))
        in_buckets.discard(None)  # not chosen, or in several buckets
        if in_buckets:
            found[user] = in_buckets
    for user, place in _each_turn(connection, places.spread, series):
        found.setdefault(user, set()).add(place)
    counts = Counter(chain.from_iterable(found.values()))
    return counts, len(found)  # type: ignore[return-value] # None is in none of them


def with_untimed_turns(connection: Database, selection: Selection) -> set[int]:
    """Sessions, chosen or not, that have turns without a time."""
    found = connection.execute(
        f"select distinct session from trace indexed by trace_time where project = ? and place = {I64_MAX}",  # noqa: S608
        (selection.project,),
    )
    return {session for (session,) in found if session is not None}


def _users(connection: Database, selection: Selection) -> list[tuple[str, str]]:
    """(user, sessions as JSON); sessions that are not chosen too where most are."""
    if selection.most:
        sql = f"""select value, json_group_array(session) from session_value indexed by session_value_value
        where project = ? and kind = {USER} group by value"""  # noqa: S608 - constants
        return connection.execute(sql, (selection.project,)).fetchall()
    sql = f"""select v.value, json_group_array(v.session) from chosen w
    cross join session_value v on v.session = w.id and v.kind = {USER} group by v.value"""  # noqa: S608 - constants
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
