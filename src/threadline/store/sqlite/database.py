"""A connection as this store uses it: apsw's, whose rows we unpack by the SQL beside them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

__all__ = ["Database", "Row", "Rows", "quoted"]

Row = tuple[Any, ...]


class Rows(Protocol):
    """What a statement answers."""

    def fetchone(self) -> Any:
        """The next row or None."""

    def fetchall(self) -> list[Any]:
        """All rows left."""

    def __iter__(self) -> Iterator[Any]: ...

    @property
    def get(self) -> Any:
        """The first value of the first row, or None (https://rogerbinns.github.io/apsw/cursor.html)."""


class Database(Protocol):
    """The calls of apsw.Connection that are used here."""

    @property
    def in_transaction(self) -> bool:
        """Whether one is open."""

    def execute(self, sql: str, arguments: Sequence[Any] = (), /) -> Rows:
        """Run one statement."""

    def executemany(self, sql: str, arguments: Iterable[Sequence[Any]], /) -> Rows:
        """Run it once for each."""

    def pragma(self, name: str, value: Any = ..., /) -> Any:
        """Read or set."""

    def total_changes(self) -> int:
        """Rows written since the connection was opened."""

    def set_wal_hook(self, hook: Callable[[Any, str, int], int] | None, /) -> None:
        """Called after each commit with the pages in the WAL."""

    def wal_checkpoint(self, dbname: str | None = None, mode: int = 0) -> tuple[int, int]:
        """Move pages from the WAL into the database."""

    def close(self) -> None:
        """Release it."""


def quoted(identifier: str) -> str:
    """An SQL identifier that holds any characters; NUL is refused."""
    if "\0" in identifier:
        raise ValueError("an identifier cannot hold NUL")
    return '"' + identifier.replace('"', '""') + '"'
