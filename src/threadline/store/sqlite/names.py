"""The values of sessions as words: each once a project, and the index over those that free text looks for.

A value stands in `value` while a `session_value` row has it, a session id while its session exists. Ids only rise,
so one number says how far the index `name_text` has come; what is above it is scanned.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from threadline.sessions.text import folded
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.session_row import METADATA, OTHER_ID, SESSION_ID, TAG, USER
from threadline.store.sqlite.transaction import Writer
from threadline.store.sqlite.trigrams import PAD, beginning_with, matching

__all__ = [
    "INSERT",
    "NAMES",
    "PAIR",
    "Place",
    "drop_values",
    "index_names",
    "keep_values",
    "name_of",
    "name_query",
    "to_row",
]

NAMES = frozenset({SESSION_ID, OTHER_ID, USER, TAG, METADATA})
"""Kinds that free text looks for."""
PAIR = "\x1f"
"""Between key and value of METADATA."""
PHRASE_MAX = 100
"""Characters of a text that the index is asked for: each costs a look at every segment, and the rest is confirmed."""
INSERT = "insert into value (id, project, kind, value, differs) values (?, ?, ?, ?, ?) on conflict do nothing"

Place: TypeAlias = tuple[int, int, str]
"""(project, kind, value)"""


def to_row(number: int, place: Place) -> tuple[int, int, int, str, str | None]:
    """What INSERT takes."""
    value = place[2]
    form = folded(value)
    return number, *place, None if form == value else form


def name_of(kind: int, form: str) -> str:
    """What of a folded value is indexed: of metadata only the value."""
    return form.partition(PAIR)[2] if kind == METADATA else form


def keep_values(writer: Writer, places: Iterable[Place]) -> None:
    """Write those that are not there yet."""
    new = [place for place in dict.fromkeys(places) if place not in writer.values]
    writer.connection.executemany(INSERT, [to_row(writer.number("value"), place) for place in new])
    for place in new:
        writer.remember_value(place)


def drop_values(writer: Writer, places: Iterable[Place]) -> None:
    """Erase those that no session has any more; of SESSION_ID all: who calls knows that the session is gone."""
    connection = writer.connection
    erased: list[int] = []
    for place in dict.fromkeys(places):
        if place[1] != SESSION_ID and _is_held(connection, place):
            continue
        writer.values.discard(place)
        number = connection.execute(
            "delete from value where project = ? and kind = ? and value = ? returning id", place
        ).get
        if number is not None and place[1] in NAMES:
            erased.append(number)
    if erased:
        _take_out(connection, erased)


def index_names(connection: Database, rows_max: int) -> int:
    """Bring the index up to date by so many values; how many are left."""
    done = _indexed(connection)
    rows = connection.execute(
        "select id, kind, folded from value where id > ? order by id limit ?", (done, max(rows_max, 0))
    ).fetchall()
    if rows:
        connection.executemany(
            "insert into name_text (rowid, folded) values (?, ?)",
            [(number, name_of(kind, form) + PAD) for number, kind, form in rows if kind in NAMES],
        )
        done = rows[-1][0]
        connection.execute("update meta set value = ? where name = 'names_indexed'", (done,))
    return connection.execute("select count(*) from value where id > ?", (done,)).get  # type: ignore[no-any-return]


def name_query(connection: Database, form: str) -> str | None:
    """An FTS5 query for the indexed names that may hold a folded text; '' when none can, None when too many may."""
    return matching([form[:PHRASE_MAX]], "AND") if len(form) >= 3 else beginning_with(connection, "name_text", form)


def _is_held(connection: Database, place: Place) -> bool:
    sql = "select exists (select 1 from session_value where project = ? and kind = ? and value = ?)"
    return bool(connection.execute(sql, place).get)


def _indexed(connection: Database) -> int:
    return connection.execute("select value from meta where name = 'names_indexed'").get  # type: ignore[no-any-return]


def _take_out(connection: Database, numbers: Sequence[int]) -> None:
    """Out of the index, whose pages are merged away later."""
    done = _indexed(connection)
    indexed = [(number,) for number in numbers if number <= done]
    if indexed:
        connection.executemany("delete from name_text where rowid = ?", indexed)
        connection.execute("insert or ignore into meta (name, value) values ('merge:names', 'name_text')")
