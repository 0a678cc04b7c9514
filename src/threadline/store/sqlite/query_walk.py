"""Sessions of a query, page by page: first a walk past some sessions, then all that SQL finds at once.

A walk fills the page of a common condition after a few sessions; a rare one would make it pass all of them. So it
passes a bounded number, each asked by its own row, and then the conditions are asked as sets.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from threadline.model.session import Session
from threadline.query.ast import Node, Said, Scope
from threadline.query.shape import all_of
from threadline.store.contract import Page, SessionQuery
from threadline.store.sqlite.condition import Condition, bound, left_to_look_up
from threadline.store.sqlite.lists import Part, SessionWalk
from threadline.store.sqlite.query_sessions import session_condition
from threadline.store.sqlite.query_text import TextSearch
from threadline.store.sqlite.query_values import Asked, listed
from threadline.store.sqlite.row_hits import RowHits
from threadline.store.sqlite.session_row import COLUMNS, to_session
from threadline.store.sqlite.session_sql import NOTHING, TRUE, Sql, conditions

__all__ = ["QueryWalk", "node_of", "sessions_of_query"]

EXAMINED = 1_000
"""Sessions passed before the conditions are asked as sets: some ms."""
EXAMINED_BY_LOOK = 200
"""As many where each may have to be looked at, or the rows of all its spans."""
SET_MAX = 8_000
"""So many are found as a set; of more the walk goes on in their order, each asked by its row."""
SORTED_PER_WALKED = 25
"""Reading a session to sort it takes as long as passing so many in order."""
STEP = 500
"""Sessions read at once when they lie far apart."""
WIDTH = len(COLUMNS.split(", "))


def node_of(query: SessionQuery) -> Node | None:
    """What the plain text and the query ask for."""
    asked: list[Node] = [Scope("turn", Said(query.text))] if query.text else []
    if query.query is not None:
        asked.append(query.query)
    return all_of(asked) if asked else None


def sessions_of_query(walk: SessionWalk) -> Page[Session]:
    """The next page of the sessions that the walk's query and text select."""
    node = node_of(walk.query)
    if node is None or walk.project is None:
        return walk.page()
    return QueryWalk(walk, node, walk.project).page()


class _Test(NamedTuple):
    """A condition as a walk asks it."""

    part: Part
    holds: Any


class QueryWalk:
    """One query's sessions, from the walk's cursor on."""

    def __init__(self, walk: SessionWalk, node: Node, project: int) -> None:
        self._walk = walk
        self.connection = walk.connection
        self.query = walk.query
        self._node = node
        self.project = project
        self._asked = Asked(walk.connection, project, walk.query.project, by_row=True)
        self._as_set = self._asked._replace(by_row=False)
        self.search = TextSearch(walk.connection, project, walk.query.project)

    def page(self) -> Page[Session]:
        """The next `limit` sessions."""
        walk, limit = self._walk, self._walk.query.limit
        found = self._first(limit + 1)
        if found is None:
            found = []
            for row in self.rows(limit + 1):
                found.append(row)
                if len(found) > limit:
                    break
        hits = RowHits(walk.connection, self.search, walk.query)
        sessions = [hits.put(row[0], to_session(row[:WIDTH], walk.query.project)) for row in found[:limit]]
        return Page(sessions, walk.cursor_after(found[limit - 1]) if len(found) > limit else None)

    def _first(self, count: int) -> list[tuple[Any, ...]] | None:
        """The next so many, or all there are; None when they lie further on than one likes to walk."""
        condition = session_condition(self._asked, self.search, self._node)
        is_quick = condition.rest is None and "span_row" not in condition.upper.text
        part, holds = _part(condition, EXAMINED if is_quick else EXAMINED_BY_LOOK, condition.upper)
        found = []
        for row in self._walk.walk(count, part):
            if holds(row[0], row[WIDTH:]):
                found.append(row)
                if len(found) == count:
                    return found
        return found if part.is_whole else None

    def rows(self, step: int) -> Iterator[tuple[Any, ...]]:
        """All of them in order."""
        by_row = session_condition(self._asked, self.search, self._node)
        upper = self.upper_sql()
        rows = [row for (row,) in self._walk.connection.execute(upper.text, upper.arguments)]
        which = by_row.upper
        if len(rows) <= SET_MAX:
            which = Sql("s.id in (select value from json_each(?))", (listed(rows),))
            if self._is_sorted_sooner(len(rows), step):
                which = TRUE
                self._walk.narrow(rows)
        part, holds = _part(by_row, None, which)
        for row in self._walk.walk(step if by_row.rest is None else max(step, STEP), part):
            if holds(row[0], row[WIDTH:]):
                yield row

    def _is_sorted_sooner(self, found: int, wanted: int) -> bool:
        """Whether reading so many and sorting them takes less than passing all sessions until enough are met."""
        if self._walk.rows is not None:
            return True
        sessions: int = self.connection.execute("select sessions from project where id = ?", (self.project,)).get
        return found * found * SORTED_PER_WALKED <= wanted * sessions

    # as a whole

    def is_decided(self) -> bool:
        """Whether SQL alone decides."""
        return session_condition(self._as_set, self.search, self._node).rest is None

    def upper_sql(self) -> Sql:
        """Selects session rows, all of the query's among them."""
        as_set = session_condition(self._as_set, self.search, self._node)
        where = conditions(self._walk.query, self.project, self._walk.rows)
        # That index holds every figure a condition may ask for; one of a figure's own leads to a read of each session.
        text = f"""select s.id from session s indexed by session_last_activity
        where {where.text} and {as_set.upper.text}"""  # noqa: S608 - made here
        return Sql(text, (*where.arguments, *as_set.upper.arguments))

    def looks(self) -> Iterator[tuple[int, bool]]:
        """Session rows that may be the query's, newest first, each with whether it is."""
        condition = session_condition(self._asked, self.search, self._node)
        columns, holds = bound(left_to_look_up(condition.rest))
        upper = session_condition(self._as_set, self.search, self._node).upper
        where = conditions(self._walk.query, self.project, self._walk.rows)
        beside = "".join(f", {column.text}" for column in columns)
        arguments = [value for column in columns for value in column.arguments]
        rows = self._walk.connection.execute(
            f"""select s.id{beside} from session s indexed by session_last_activity
            where {where.text} and {upper.text} order by s.last_activity desc, s.tie desc""",  # noqa: S608 - made here
            (*arguments, *where.arguments, *upper.arguments),
        )
        for row in rows:
            yield row[0], holds(row[0], row[1:])


def _part(condition: Condition, examined: int | None, which: Sql) -> _Test:
    columns, holds = bound(left_to_look_up(condition.rest))
    text = "".join(f", {column.text}" for column in columns)
    beside = Sql(text, tuple(value for column in columns for value in column.arguments)) if columns else NOTHING
    return _Test(Part(which, beside, examined), holds)
