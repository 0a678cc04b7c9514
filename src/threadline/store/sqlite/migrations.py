"""Numbered forward-only migrations: `migrations/NNNN_name.sql`, each applied once, in one transaction."""

import re
from collections.abc import Callable, Sequence
from importlib import resources
from typing import NamedTuple

from threadline.errors import StoreFailed
from threadline.store.sqlite.after_first import drop_both_sides, fill_second
from threadline.store.sqlite.database import Database

__all__ = ["APPLICATION_ID", "Migration", "check", "migrate", "read_migrations"]

APPLICATION_ID = 0x54_4C_4E_31
"""`TLN1` in the file's header: says that a database is Threadline's (`file` and we can tell)."""

NAME = re.compile(r"(\d{4})_\w+\.sql")


class Migration(NamedTuple):
    """One step. `number` is the schema's version after it."""

    number: int
    sql: str
    then: Callable[[Database], None] | None = None
    """What SQL cannot say."""


THEN = {2: fill_second, 4: drop_both_sides}


def read_migrations() -> list[Migration]:
    """All steps that this version knows, in order."""
    folder = resources.files(__package__) / "migrations"
    found = []
    for file in folder.iterdir():
        match = NAME.fullmatch(file.name)
        if match:
            number = int(match[1])
            found.append(Migration(number, file.read_text(encoding="utf-8"), THEN.get(number)))
    return sorted(found, key=lambda step: step.number)


def check(connection: Database, newest: int) -> int:
    """The schema's version, only read. Raises StoreFailed for a newer one and for another program's."""
    version: int = connection.pragma("user_version")
    application = connection.pragma("application_id")
    if application != APPLICATION_ID and (application or version or _has_tables(connection)):
        raise StoreFailed("not_a_threadline_file", "This SQLite file is another program's. Choose another --data path.")
    if version > newest:
        raise StoreFailed(
            "newer_database",
            f"The data was written by a newer Threadline (schema {version}, this one knows {newest}). Upgrade it.",
        )
    return version


def migrate(connection: Database, migrations: Sequence[Migration]) -> None:
    """Bring the database up to date. Raises as `check`."""
    version = check(connection, migrations[-1].number)
    for step in migrations:
        if step.number > version:
            connection.execute("begin immediate")
            try:
                for _ in connection.execute(step.sql):
                    pass
                if step.then is not None:
                    step.then(connection)
                connection.pragma("user_version", step.number)
                connection.pragma("application_id", APPLICATION_ID)
                connection.execute("commit")
            except BaseException:
                connection.execute("rollback")
                raise


def _has_tables(connection: Database) -> bool:
    return bool(connection.execute("select 1 from sqlite_schema limit 1").get)
