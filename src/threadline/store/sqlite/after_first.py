"""What SQL alone cannot do when a file of an older schema is opened."""

from threadline.sessions.text import folded
from threadline.store.sqlite.annotations import decode_annotation
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import INSERT, to_row
from threadline.store.sqlite.session_row import SESSION_ID

__all__ = ["drop_both_sides", "fill_second"]


def fill_second(connection: Database) -> None:
    """Values of sessions as words, and what annotations are found by. What traces lack is folded anew, step by step."""
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


def drop_both_sides(connection: Database) -> None:
    """The text indexes of each project as they were before they told the sides apart."""
    for (project,) in connection.execute("select id from project").fetchall():
        connection.execute(f"drop table if exists text_{project}_terms")
        connection.execute(f"drop table if exists text_{project}")
        connection.execute("delete from meta where name = ?", (f"merge:{project}",))
