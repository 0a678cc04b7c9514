"""Lists of sessions: a walk along the sorted column's index, stretch by stretch."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from threadline.errors import InvalidInput
from threadline.model.session import Session
from threadline.sessions.totals import session_key
from threadline.store.contract import SESSION_SORTS, Page, SessionQuery
from threadline.store.cursor import SessionCursor, invalid_cursor, query_hash, read_cursor, write_cursor
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.session_row import COLUMNS, OTHER_ID, USER, tie_of, to_session
from threadline.store.sqlite.session_sql import (
    NOTHING,
    SKEW_NS,
    SORT_COLUMNS,
    After,
    Read,
    Sql,
    Stretch,
    conditions,
    milestone_sql,
    stretch_sql,
    stretches,
    up_to,
)

__all__ = ["Part", "SessionWalk", "last_change", "project_row"]

NAMED = "select session from session_value where project = ? and kind = ? and value = ?"
PLACES = {sort: COLUMNS.split(", ").index(column) for sort, column in SORT_COLUMNS.items()}
"""Where a row of COLUMNS holds the sorted value."""


def project_row(connection: Database, name: str) -> int | None:
    """The row of a project."""
    try:
        return connection.execute("select id from project where name = ?", (name,)).get  # type: ignore[no-any-return]
    except UnicodeEncodeError:
        return None


def last_change(connection: Database, project: int | None) -> int:
    """The number of the last commit that changed the project."""
    return connection.execute("select changes from project where id = ?", (project,)).get or 0


def cursor_tie(cursor: SessionCursor) -> int:
    """Where its session stands among equals. Raises InvalidInput for a cursor that is made up."""
    try:
        return tie_of(cursor.key)
    except ValueError:
        raise invalid_cursor() from None


class Part:
    """Which sessions of a walk are wanted, and how far it may go."""

    def __init__(self, which: Sql, beside: Sql, examined: int | None) -> None:
        """`beside` is read behind the columns; so many sessions are examined, None: all."""
        self.which = which
        self.beside = beside
        self.examined = examined
        self.is_whole = True
        """False once sessions were left unexamined."""


def _and(left: Sql, right: Sql) -> Sql:
    return Sql(f"{left.text} and {right.text}", (*left.arguments, *right.arguments))


class SessionWalk:
    """One query's walk, from its cursor on."""

    def __init__(self, connection: Database, query: SessionQuery) -> None:
        if query.sort not in SESSION_SORTS:
            raise InvalidInput("invalid_sort", f"Sort by one of {', '.join(SESSION_SORTS)}; `-` before it descends.")
        self.connection = connection
        self.query = query
        self.hash = query_hash(query)
        cursor = read_cursor(query.cursor, query) if query.cursor is not None else None
        self.cursor = cursor if isinstance(cursor, SessionCursor) else None
        self._tie = 0 if self.cursor is None else cursor_tie(self.cursor)
        self.now_ns = query.now_ns if self.cursor is None else self.cursor.now_ns
        self.project = project_row(connection, query.project)
        self.began = last_change(connection, self.project) if self.cursor is None else self.cursor.began
        self._unchanged = self.cursor is not None
        self.rows = None if self.project is None else self._named_rows(self.project)

    def page(self) -> Page[Session]:
        """The next `limit` sessions."""
        limit = self.query.limit
        found: list[tuple[Any, ...]] = []
        more = False
        for row in self.walk(limit + 1):
            if len(found) == limit:
                more = True
                break
            found.append(row)
        sessions = [to_session(row, self.query.project) for row in found]
        return Page(sessions, self.cursor_after(found[-1]) if more else None)

    def walk(self, step: int, part: Part | None = None) -> Iterator[tuple[Any, ...]]:
        """Rows of COLUMNS in order, from the cursor on, fetched `step` at a time."""
        if self.project is None:
            return
        where = conditions(self.query, self.project, self.rows)
        if self._unchanged:
            where = _and(where, Sql("s.changed <= ?", (self.began,)))
        if part is not None:
            where = _and(where, part.which)
        for stretch in stretches(self.query.sort, self.now_ns):
            after: After | None = None
            if self.cursor is not None:
                at = (self.cursor.skewed, self.cursor.value is None)
                if stretch < at:
                    continue
                if stretch == at:
                    after = After(self.cursor.value, self._tie)
            end = self._end(stretch, after, part)
            yield from self._stretch(where if end is None else _and(where, end), stretch, after, step, part)
            if end is not None:
                part.is_whole = False  # type: ignore[union-attr]
                return

    def _end(self, stretch: Stretch, after: After | None, part: Part | None) -> Sql | None:
        """Where a part of the walk ends; None when this stretch is no longer than that."""
        if part is None or part.examined is None or self.rows is not None or self.project is None:
            return None
        sql = milestone_sql(self.query, self.project, stretch, after, part.examined)
        place = self.connection.execute(*sql).fetchone()
        return None if place is None else up_to(self.query, stretch, After(*place))

    def _stretch(
        self, where: Sql, stretch: Stretch, after: After | None, step: int, part: Part | None
    ) -> Iterator[tuple[Any, ...]]:
        read = Read(step, self.rows is None, NOTHING if part is None else part.beside)
        while True:
            sql = stretch_sql(self.query, where, stretch, self.now_ns, after, read)
            rows = self.connection.execute(*sql).fetchall()
            yield from rows
            if len(rows) < step:
                return
            after = After(self._value(rows[-1]), tie_of(rows[-1][1]))

    def narrow(self, rows: Iterable[int]) -> None:
        """Only these session rows from here on."""
        self.rows = sorted(set(rows) if self.rows is None else set(rows) & set(self.rows))

    def go_on_after(self, row: tuple[Any, ...]) -> None:
        """Begin the next walk after this row."""
        self.cursor = self._after(row)
        self._tie = tie_of(self.cursor.key)

    def cursor_after(self, row: tuple[Any, ...]) -> str:
        """Where the page after this row begins."""
        return write_cursor(self._after(row))

    def _after(self, row: tuple[Any, ...]) -> SessionCursor:
        skewed = bool(self.now_ns) and row[4] is not None and row[4] > self.now_ns + SKEW_NS
        return SessionCursor(self.hash, self.began, self.now_ns, skewed, self._value(row), row[1])

    def _value(self, row: tuple[Any, ...]) -> int | None:
        return row[PLACES[self.query.sort]]  # type: ignore[no-any-return]

    def _named_rows(self, project: int) -> Sequence[int] | None:
        """The session rows that `user_id` and `session_id` name; None when neither is asked for."""
        found: set[int] | None = None
        for kind, value in ((USER, self.query.user_id), (OTHER_ID, self.query.session_id)):
            if value is None:
                continue
            try:
                rows = {row[0] for row in self.connection.execute(NAMED, (project, kind, value))}
            except UnicodeEncodeError:
                return []
            if kind == OTHER_ID:
                key = session_key(self.query.project, value)
                rows |= {row[0] for row in self.connection.execute("select id from session where key = ?", (key,))}
            found = rows if found is None else found & rows
        return None if found is None else sorted(found)
