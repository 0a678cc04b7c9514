"""What schema 2 derives from data of schema 1 at once. What its traces lack is folded anew, step by step."""

from threadline.sessions.text import folded
from threadline.store.sqlite.annotations import decode_annotation
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import INSERT, to_row
from threadline.store.sqlite.session_row import SESSION_ID

__all__ = ["fill_second"]


def fill_second(connection: Database) -> None:
    """Values of sessions as words, and what annotations are found by."""
    places = connection.execute("select distinct project, kind, value from session_value").fetchall()
    places += [
        (project, SESSION_ID, session_id)
        for project, session_id in connection.execute("select project, session_id from session")
    ]
    connection.executemany(INSERT, [to_row(number, place) for number, place in enumerate(places, start=1)])
    found = [decode_annotation(row[0]) for row in connection.execute("select body from annotation").fetchall()]
    connection.executemany(
        "update annotation set label = ?, folded_label = ?, score = ? where id = ?",
        [(each.label, None if each.label is None else folded(each.label), each.score, each.id) for each in found],
    )
