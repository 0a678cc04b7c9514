"""The whole set of sessions that a query selects: what figures count over.

Few of many stand in the temporary table `chosen`, most of them in a mask.
"""

import time
from typing import NamedTuple

import msgspec

from threadline.store.contract import SessionQuery
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.query_walk import QueryWalk, node_of
from threadline.store.sqlite.session_sql import TRUE, Sql, conditions

__all__ = ["WHOLE", "Looked", "Selection", "select"]

WHOLE = "s.project = ?"
"""The condition of a query without any."""
MOST = 3
"""Most are at least one of so many: then everything is walked in its order rather than looked up."""
LOOK_S = 0.3
"""How long sessions are looked at one by one for figures; the newest are looked at first."""


LOOKED_KEPT = 8
KEPT_MAX = 2_000_000
"""Characters of rows as JSON."""
MASKED_MAX = 4_000_000
"""Bytes of a mask, which takes a quarter of the time of looking into `chosen`."""


_rows = msgspec.json.Decoder(list[int]).decode


class Selection(NamedTuple):
    """Which sessions are chosen. Of a whole project none is named."""

    project: int
    whole: bool
    chosen: int
    of: int
    """Sessions of the project."""
    most: bool
    complete: bool
    mask: bytes = b""
    """Where most are chosen: 1 at the place of each chosen session's row. Then nothing is in `chosen`."""

    def has(self, session: str) -> Sql:
        """Whether a session is chosen; `session`: the SQL of its row. To be put behind `indexed by`."""
        if self.whole:
            return TRUE
        if self.mask:
            return Sql(f"substr(?, {session} + 1, 1) = x'01'", (self.mask,))
        return Sql(f"{session} in (select id from chosen)", ())  # noqa: S608 - a column

    @property
    def sessions(self) -> Sql:
        """`from` and `where` of the sessions `s`."""
        if self.whole:
            return Sql("session s indexed by session_last_activity where s.project = ?", (self.project,))
        if self.most:
            among = self.has("s.id")
            return Sql(
                f"session s indexed by session_last_activity where s.project = ? and {among.text}",
                (self.project, *among.arguments),
            )
        return Sql("chosen w cross join session s on s.id = w.id where 1", ())


class Looked:
    """What was found, for the next who asks the same of the same state: a page asks for stats and facets."""

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
    connection: Database, query: SessionQuery, *, look_s: float | None = None, looked: Looked | None = None
) -> Selection | None:
    """Choose the query's sessions; None when there are none. `look_s`: LOOK_S unless told otherwise."""
    walk = SessionWalk(connection, query)
    if walk.project is None:
        return None
    sessions = connection.execute("select sessions from project where id = ?", (walk.project,)).get
    node = node_of(query)
    where = conditions(query, walk.project, walk.rows)
    if node is None and where.text == WHOLE:
        return Selection(walk.project, True, sessions, sessions, True, True) if sessions else None
    state = None if looked is None else _state(connection, walk.project, query)
    kept = looked.get(state) if looked is not None and state is not None else None
    if kept is None:
        found = Sql(f"select s.id from session s where {where.text}", where.arguments)  # noqa: S608 - made there
        kept = (
            _all(connection, found) if node is None else _chosen(QueryWalk(walk, node, walk.project), look_s or LOOK_S)
        )
        if looked is not None and state is not None and len(kept[0]) <= KEPT_MAX:
            looked.put(state, *kept)
    return _selection(connection, walk.project, sessions, *kept)


def _selection(connection: Database, project: int, of: int, listed_rows: str, complete: bool) -> Selection | None:  # noqa: FBT001 - as it is kept
    rows = _rows(listed_rows)
    if not rows and complete:
        return None
    most = len(rows) * MOST >= of
    last = max(rows, default=0)
    if most and last < MASKED_MAX:
        mask = bytearray(last + 1)
        for row in rows:
            mask[row] = 1
        return Selection(project, False, len(rows), of, most, complete, bytes(mask))
    connection.execute("create temp table if not exists chosen (id integer primary key)")
    connection.execute("delete from chosen")
    connection.execute("insert into chosen select value from json_each(?)", (listed(sorted(rows)),))
    return Selection(project, False, len(rows), of, most, complete)


def _all(connection: Database, found: Sql) -> tuple[str, bool]:
    text = f"select json_group_array(id) from ({found.text})"  # noqa: S608 - made there
    return connection.execute(text, found.arguments).get, True


def _chosen(walk: QueryWalk, look_s: float) -> tuple[str, bool]:
    """Session rows as JSON; False when the time ended first."""
    return _all(walk.connection, walk.upper_sql()) if walk.is_decided() else _look(walk, look_s)


def _look(walk: QueryWalk, look_s: float) -> tuple[str, bool]:
    until = time.monotonic() + look_s
    found = []
    for row, holds in walk.looks():
        if holds:
            found.append(row)
        if time.monotonic() > until:
            return listed(found), False
    return listed(found), True
