"""The writing side's shared state: the connection, what is remembered between commits, what one commit changes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import apsw

from threadline.model.limits import Limits
from threadline.model.trace import TraceRecord
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.texts import Sides

__all__ = ["Changes", "SessionChange", "TraceView", "Writer"]

SESSIONS_REMEMBERED = 50_000
VALUES_REMEMBERED = 50_000
VALUE_CHARACTERS_REMEMBERED = 128
CLASSES_REMEMBERED = 5_000
WAL_PAGES = 4_000
"""32 MiB: from here on each commit moves what it can into the database."""
HIGHEST = {
    "trace": "select max(id) from trace",
    "session": "select max(id) from (select max(id) as id from session union all select max(session) from erasure)",
    "block": "select max(seq) from sqlite_sequence where name = 'block'",
    "change": "select max(changes) from project",
    "value": """select max(id) from (select max(id) as id from value
        union all select value from meta where name = 'names_indexed')""",
}
"""The highest number used so far, of rows and of commits that change what lists show."""


class TraceView(NamedTuple):
    """A folded trace as the totals of its session see it."""

    pk: int
    trace_id: bytes
    idle_before: int | None
    """As stored, of a turn in a large session."""
    record: TraceRecord
    sides: Sides | None
    """None: as stored."""
    of_first_schema: bool = False
    """Its kinds, status, content and metadata were never counted."""


class SessionChange:
    """Which traces a commit takes out of a session and which it puts in; a changed one is in both."""

    __slots__ = ("added", "key", "project", "removed", "session_id")

    def __init__(self, project: int, key: str, session_id: str) -> None:
        self.project = project
        self.key = key
        self.session_id = session_id
        self.removed: list[TraceView] = []
        self.added: list[TraceView] = []


class Changes:
    """What one transaction changes beyond the trace rows it writes itself."""

    def __init__(self, number: int) -> None:
        """`number` is greater than that of any commit before."""
        self.number = number
        self.sessions: dict[int, SessionChange] = {}
        self.projects: dict[int, list[int]] = {}
        """By project: change of sessions, traces, spans, traces without a session."""

    def count(self, project: int, place: int, n: int) -> None:
        """Add to one of a project's counts."""
        self.projects.setdefault(project, [0, 0, 0, 0])[place] += n


class Writer:
    """The one writing connection. Whoever writes holds `lock`; what is remembered survives no rollback."""

    def __init__(self, connection: Database, limits: Limits) -> None:
        self.connection = connection
        self.limits = limits
        self.lock = threading.RLock()
        self.projects: dict[str, int] = {}
        self.sessions: dict[str, int] = {}
        """Session key -> row, some of them."""
        self.values: set[tuple[int, int, str]] = set()
        """(project, kind, value) that `value` holds, some of them."""
        self.classes: dict[tuple[int, str, str, str, str, str, str, int], int] = {}
        """Span class -> row, some of them."""
        self.has_tombstones = False
        """Whether anything was ever deleted; if not, nothing is looked up."""
        self.erasing: set[int] = set()
        """Session rows that are gone while their traces wait to be erased."""
        self.on_forget: list[Callable[[], None]] = []
        self._next: dict[str, int] = {}
        self.wal_pages = 0
        """Pages in the WAL after the last commit."""
        connection.set_wal_hook(self._committed)
        self.forget()

    def _committed(self, _connection: Database, _database: str, pages: int) -> int:
        self.wal_pages = pages
        return apsw.SQLITE_OK

    def forget(self) -> None:
        """Read anew what is remembered between commits."""
        execute = self.connection.execute
        self.sessions.clear()
        self.values.clear()
        self.classes.clear()
        self.projects = dict(execute("select name, id from project"))
        for table, sql in HIGHEST.items():
            self._next[table] = max(self._next.get(table, 0), (execute(sql).get or 0) + 1)
        self.erasing = {row[0] for row in execute("select session from erasure")}
        self.has_tombstones = bool(self.erasing) or bool(execute("select exists(select 1 from tombstone)").get)
        for call in self.on_forget:
            call()

    def number(self, table: str) -> int:
        """A number that was not used before."""
        n = self._next[table]
        self._next[table] = n + 1
        return n

    def last(self, table: str) -> int:
        """The highest row number used."""
        return self._next[table] - 1

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All or nothing; durable when it ends."""
        with self.lock:
            connection = self.connection
            connection.execute("begin immediate")
            try:
                yield connection
                connection.execute("commit")
                self._checkpoint()
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                self.forget()
                raise

    def checkpoint(self) -> bool:
        """Move the WAL into the database and empty it; False while a reader is in the way."""
        with self.lock:
            if not self.wal_pages:
                return True
            try:
                self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            except apsw.BusyError:
                return False
            self.wal_pages = 0
            return True

    def _checkpoint(self) -> None:
        """Keep the WAL short under load. Not being able to is no failure: what is committed is safe."""
        if self.wal_pages >= WAL_PAGES:
            with suppress(apsw.Error):
                self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def project(self, name: str) -> int:
        """The row of a project, made when it is new."""
        pk = self.projects.get(name)
        if pk is None:
            row = self.connection.execute("insert into project (name) values (?) returning id", (name,)).fetchone()
            pk = self.projects[name] = row[0]
        return pk

    def session(self, key: str) -> int | None:
        """The row of a session, if there is one."""
        pk = self.sessions.get(key)
        if pk is None:
            row = self.connection.execute("select id from session where key = ?", (key,)).fetchone()
            if row is None:
                return None
            self.remember_session(key, row[0])
            pk = row[0]
        return pk

    def remember_session(self, key: str, pk: int) -> None:
        """Spare the next commit a lookup."""
        if len(self.sessions) >= SESSIONS_REMEMBERED:
            self.sessions.clear()
        self.sessions[key] = pk

    def remember_value(self, place: tuple[int, int, str]) -> None:
        """Spare the next commits the attempt to write it."""
        if len(place[2]) <= VALUE_CHARACTERS_REMEMBERED:
            if len(self.values) >= VALUES_REMEMBERED:
                self.values.clear()
            self.values.add(place)

    def remember_class(self, shared: tuple[int, str, str, str, str, str, str, int], number: int) -> None:
        """Spare the next commits a lookup."""
        if len(self.classes) >= CLASSES_REMEMBERED:
            self.classes.clear()
        self.classes[shared] = number
