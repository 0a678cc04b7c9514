"""The whole set of sessions that a query selects, as rows of the temporary table `chosen`: what figures count over."""

import time
from typing import NamedTuple

from threadline.store.contract import SessionQuery
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.query_walk import QueryWalk, node_of
from threadline.store.sqlite.session_sql import Sql, conditions

__all__ = ["WHOLE", "Selection", "select"]

WHOLE = "s.project = ?"
"""The condition of a query without any."""
MOST = 3
"""Most are at least one of so many: then everything is walked in its order rather than looked up."""
LOOK_S = 0.3
"""How long sessions are looked at one by one for figures; the newest are looked at first."""


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


def select(connection: Database, query: SessionQuery, *, look_s: float = LOOK_S) -> Selection | None:
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
        complete = _choose(QueryWalk(walk, node, walk.project), connection, look_s)
    count = connection.execute("select count(*) from chosen").get
    if not count:
        return None
    return Selection(walk.project, False, count, sessions, count * MOST >= sessions, complete)


def _clear(connection: Database) -> None:
    connection.execute("create temp table if not exists chosen (id integer primary key)")
    connection.execute("delete from chosen")


def _choose(walk: QueryWalk, connection: Database, look_s: float) -> bool:
    """False when the time ended first."""
    if walk.is_decided():
        upper = walk.upper_sql()
        connection.execute(f"insert into chosen {upper.text}", upper.arguments)
        return True
    until = time.monotonic() + look_s
    found = []
    complete = True
    for row, holds in walk.looks():
        if holds:
            found.append(row)
        if time.monotonic() > until:
            complete = False
            break
    connection.execute("insert into chosen select value from json_each(?)", (listed(found),))
    return complete
