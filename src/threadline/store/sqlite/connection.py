"""Connections to the one file: one that writes, and a pool of read-only ones."""

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import apsw

from threadline.errors import Conflict, StoreFailed
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.migrations import Migration, check, migrate

__all__ = ["FileLock", "Readers", "open_writer"]

READ_S_MAX = 5.0
"""A read that takes longer is broken off: a held snapshot lets the WAL grow."""
READERS_KEPT = 4


class FileLock:
    """Held by the one process that writes. The lock stands beside the database and goes with the process."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] | None = path.with_name(path.name + "-lock").open("ab")
        try:
            _lock(self._file)
        except OSError:
            self.release()
            raise Conflict(
                "data_in_use", f"Another Threadline is writing to {path}. Stop it or choose another --data path."
            ) from None

    def release(self) -> None:
        """Let another process have it."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - each system has one of the two

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _settings(cache_kib: int) -> list[tuple[str, str | int]]:
    return [("cache_size", -cache_kib), ("temp_store", "memory"), ("trusted_schema", 0)]


def open_writer(path: Path, migrations: Sequence[Migration], vfs: str | None = None) -> Database:
    """The connection that writes, its schema up to date. The order of the first pragmas matters to SQLite."""
    try:
        _check_before_writing(path, migrations[-1].number, vfs)
        connection = apsw.Connection(str(path), vfs=vfs, statementcachesize=300)
        connection.set_busy_timeout(2_000)
        for name, value in (
            ("page_size", 8192),
            ("auto_vacuum", "incremental"),
            ("journal_mode", "wal"),
            ("synchronous", "full"),
            ("fullfsync", 1),
            ("checkpoint_fullfsync", 1),
            ("secure_delete", "on"),
            ("wal_autocheckpoint", 0),
            ("journal_size_limit", 16 * 2**20),
            *_settings(cache_kib=65_536),
        ):
            connection.pragma(name, value)
        migrate(connection, migrations)
    except apsw.Error as error:
        raise StoreFailed("data_unreadable", f"Cannot open {path}: {error}.") from error
    return connection


def _check_before_writing(path: Path, newest: int, vfs: str | None) -> None:
    """Refuse another program's file and a newer one as they are: not a byte of them or beside them changes."""
    if not path.exists():
        return
    alone = not any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    mode = "immutable=1" if alone else "mode=ro"  # a reader leaves files beside a WAL database that has none
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(f"{path.absolute().as_uri()}?{mode}", flags=flags, vfs=vfs)
    try:
        check(connection, newest)
    except apsw.ReadOnlyError:
        _check_after_crash(path, newest, vfs)
    finally:
        connection.close()


def _check_after_crash(path: Path, newest: int, vfs: str | None) -> None:
    """A journal is left to be rolled back, which whoever opens the file to write does first."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
    try:
        check(connection, newest)
    finally:
        connection.close()


class Readers:
    """Read-only connections, each used by one thread at a time."""

    def __init__(self, path: Path, vfs: str | None = None) -> None:
        self._path = path
        self._vfs = vfs
        self._free: list[apsw.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """A connection within one read transaction: every statement sees the same state."""
        connection = self._take()
        until = time.monotonic() + READ_S_MAX
        connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
        try:
            connection.execute("begin")
            try:
                yield connection
            finally:
                connection.execute("commit")
        except apsw.InterruptError:
            raise StoreFailed("read_too_slow", "This read took too long. Narrow the time range or the query.") from None
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close those that are free now, and the others when they come back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for connection in free:
            connection.close()

    def _take(self) -> apsw.Connection:
        with self._lock:
            if self._closed:
                raise StoreFailed("store_closed", "The store is closed.")
            if self._free:
                return self._free.pop()
        connection = apsw.Connection(
            str(self._path), flags=apsw.SQLITE_OPEN_READONLY, vfs=self._vfs, statementcachesize=200
        )
        connection.set_busy_timeout(2_000)
        for name, value in _settings(cache_kib=8_192):
            connection.pragma(name, value)
        return connection

    def _give_back(self, connection: apsw.Connection) -> None:
        with self._lock:
            if not self._closed and len(self._free) < READERS_KEPT:
                self._free.append(connection)
                return
        connection.close()
