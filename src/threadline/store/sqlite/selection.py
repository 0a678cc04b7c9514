"""The whole set of sessions that a query selects, as rows of the temporary table `chosen`: what figures count over."""

import time
from typing import NamedTuple

import msgspec

from threadline.store.contract import SessionQuery
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.query_walk import QueryWalk, node_of
from threadline.store.sqlite.session_sql import Sql, conditions

__all__ = ["WHOLE", "Looked", "Selection", "select"]

WHOLE = "s.project = ?"
"""The condition of a query without any."""
MOST = 3
"""Most are at least one of so many: then everything is walked in its order rather than looked up."""
LOOK_S = 0.3
"""How long sessions are looked at one by one for figures; the newest are looked at first."""


LOOKED_KEPT = 8


class Selection(NamedTuple):
    """What is in `chosen`. Of a whole project nothing is put there."""

    project: int
    whole: bool
    chosen: int
    of: int
    """Sessions of the project."""
    most: bool
    complete: bool

    @property
    def sessions(self) -> Sql:
        """`from` and `where` of the sessions `s`."""
        if self.whole:
            return Sql("session s indexed by session_last_activity where s.project = ?", (self.project,))
        if self.most:
            return Sql(
                "session s indexed by session_last_activity where s.project = ? and s.id in (select id from chosen)",
                (self.project,),
            )
        return Sql("chosen w cross join session s on s.id = w.id where 1", ())


class Looked:
    """What looking at sessions one by one found, for the next who asks the same of the same state."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._kept: dict[bytes, tuple[str, bool]] = {}

    def get(self, state: bytes) -> tuple[str, bool] | None:
        """Session rows as JSON, and whether they are all."""
        return self._kept.get(state)

    def put(self, state: bytes, rows: str, complete: bool) -> None:  # noqa: FBT001 - as it is kept
        """The oldest leaves."""
        self._kept[state] = (rows, complete)
        while len(self._kept) > LOOKED_KEPT:
            self._kept.pop(next(iter(self._kept)), None)


def _state(connection: Database, project: int, query: SessionQuery) -> bytes | None:
    """Equal for equal questions about an equal project; None where annotations, which it cannot tell, are asked for."""
    plain = msgspec.structs.replace(query, cursor=None, limit=0, sort="", descending=True, now_ns=0)
    asked = repr(plain)
    if "annotation" in asked or "'tag'" in asked:
        return None
    row = connection.execute("select id, changes, sessions, traces from project where id = ?", (project,)).fetchone()
    return repr((row, asked)).encode(errors="surrogatepass")


def select(
    connection: Database, query: SessionQuery, *, look_s: float = LOOK_S, looked: Looked | None = None
) -> Selection | None:
    """Choose the query's sessions; None when there are none."""
    walk = SessionWalk(connection, query)
    if walk.project is None:
        return None
    sessions = connection.execute("select sessions from project where id = ?", (walk.project,)).get
    node = node_of(query)
    where = conditions(query, walk.project, walk.rows)
    if node is None and where.text == WHOLE:
        return Selection(walk.project, True, sessions, sessions, True, True) if sessions else None
    complete = True
    _clear(connection)
    if node is None:
        connection.execute(f"insert into chosen select s.id from session s where {where.text}", where.arguments)  # noqa: S608
    else:
        complete = _choose(QueryWalk(walk, node, walk.project), connection, look_s, looked)
    count = connection.execute("select count(*) from chosen").get
    if not count and complete:
        return None
    return Selection(walk.project, False, count, sessions, count * MOST >= sessions, complete)


def _clear(connection: Database) -> None:
    connection.execute("create temp table if not exists chosen (id integer primary key)")
    connection.execute("delete from chosen")


def _choose(walk: QueryWalk, connection: Database, look_s: float, looked: Looked | None) -> bool:
    """False when the time ended first."""
    if walk.is_decided():
        upper = walk.upper_sql()
        connection.execute(f"insert into chosen {upper.text}", upper.arguments)
        return True
    state = None if looked is None else _state(connection, walk.project, walk.query)
    kept = looked.get(state) if looked is not None and state is not None else None
    rows, complete = _look(walk, look_s) if kept is None else kept
    if looked is not None and state is not None:
        looked.put(state, rows, complete)
    connection.execute("insert into chosen select value from json_each(?)", (rows,))
    return complete


def _look(walk: QueryWalk, look_s: float) -> tuple[str, bool]:
    until = time.monotonic() + look_s
    found = []
    for row, holds in walk.looks():
        if holds:
            found.append(row)
        if time.monotonic() > until:
            return listed(found), False
    return listed(found), True
