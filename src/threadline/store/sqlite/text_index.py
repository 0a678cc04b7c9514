"""The text index: one FTS5 trigram table per project, over casefolded texts, written behind the commits.

Contentless and without positions, it only proposes candidates; `turn_text` confirms them. Texts that wait in
`unindexed` are candidates too, so that search never waits for the index.
"""

from collections.abc import Iterator

from threadline.sessions.text import folded
from threadline.store.sqlite.connection import quoted
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import index_names
from threadline.store.sqlite.texts import Sides, read_sides
from threadline.store.sqlite.transaction import Writer

__all__ = ["Needle", "candidates", "drop_texts", "index_pending"]

PAD = "\x02\x02"
"""After each side, so that every character begins a trigram: that is how one or two characters are found."""
TRIGRAMS_MAX = 64
"""Of a long needle: fewer trigrams propose more candidates, none is missed."""
TERMS_MAX = 1_000
"""Trigrams that begin with one or two characters; with more, most turns would be candidates."""
LAST = "\U0010ffff"


def table(project: int) -> str:
    """The name of a project's index."""
    return f"text_{project}"


def index_pending(writer: Writer, rows_max: int) -> int:
    """Index so many waiting texts, and as many names; how many are left."""
    with writer.transaction() as connection:
        rows = connection.execute(
            "select project, trace, replaces from unindexed limit ?", (max(rows_max, 0),)
        ).fetchall()
        if rows:
            _index(connection, rows)
        left = index_names(connection, rows_max)
        return left + connection.execute("select count(*) from unindexed").get  # type: ignore[no-any-return]


def drop_texts(connection: Database, project: int, traces: list[int]) -> None:
    """Take deleted texts out of the index (its pages are merged away later)."""
    connection.executemany("delete from unindexed where project = ? and trace = ?", [(project, pk) for pk in traces])
    if _exists(connection, project):
        name = quoted(table(project))
        connection.executemany(f"delete from {name} where rowid = ?", [(pk,) for pk in traces])  # noqa: S608 - quoted
        connection.execute("insert or ignore into meta (name, value) values (?, ?)", (f"merge:{project}", project))


def _index(connection: Database, rows: list[tuple[int, int, int]]) -> None:
    by_project: dict[int, list[tuple[int, int]]] = {}
    for project, trace, replaces in rows:
        by_project.setdefault(project, []).append((trace, replaces))
    for project, traces in by_project.items():
        name = quoted(table(project))
        if not _exists(connection, project):
            connection.execute(
                f"create virtual table {name} using fts5 (body, content='', contentless_delete=1, detail=none, "
                "columnsize=1, tokenize='trigram case_sensitive 1')"
            )
            # Merging segments eight at a time costs a fifth less than four at a time; search reads some more of them.
            connection.execute(f"insert into {name} ({name}, rank) values ('automerge', 8)")  # noqa: S608 - quoted
            connection.execute(
                f"create virtual table {quoted(table(project) + '_terms')} using fts5vocab ({name}, 'row')"
            )
        connection.executemany(
            f"delete from {name} where rowid = ?",  # noqa: S608 - quoted
            [(trace,) for trace, replaces in traces if replaces],
        )
        connection.executemany(
            f"insert into {name} (rowid, body) values (?, ?)",  # noqa: S608 - quoted
            [(trace, _body(read_sides(connection, trace))) for trace, _ in sorted(traces)],
        )
        connection.executemany(
            "delete from unindexed where project = ? and trace = ?", [(project, trace) for trace, _ in traces]
        )


def _body(sides: Sides) -> str:
    return folded(sides.input or "") + PAD + folded(sides.output or "") + PAD


def _exists(connection: Database, project: int) -> bool:
    return bool(connection.execute("select 1 from sqlite_schema where name = ?", (table(project),)).get)


class Needle:
    """A searched text and whether a trace says it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.form = folded(text)

    def side(self, sides: Sides) -> int | None:
        """0 the person said it, 1 the application, None neither."""
        if sides.input is not None and self.form in folded(sides.input):
            return 0
        if sides.output is not None and self.form in folded(sides.output):
            return 1
        return None


def candidates(connection: Database, project: int, needle: Needle, limit: int) -> list[int] | None:
    """Trace rows that may say it, every one that does among them; None when there are more than `limit`."""
    found = [row[0] for row in connection.execute("select trace from unindexed where project = ?", (project,))]
    if _exists(connection, project):
        query = _query(connection, project, needle.form)
        if query is None:
            return None
        if query:
            name = quoted(table(project))
            sql = f"select rowid from {name} where {name} match ? limit ?"  # noqa: S608 - quoted
            rows = connection.execute(sql, (query, limit + 1)).fetchall()
            if len(rows) > limit:
                return None
            found += [row[0] for row in rows]
    return sorted(set(found))


def _query(connection: Database, project: int, form: str) -> str | None:
    """An FTS5 query that every text with this form matches; '' when none can, None when too many would."""
    if len(form) >= 3:
        return " AND ".join(_string(trigram) for trigram in _trigrams(form))
    terms = connection.execute(
        f"select term from {quoted(table(project) + '_terms')} where term >= ? and term <= ? limit ?",  # noqa: S608
        (form, form + LAST * (3 - len(form)), TERMS_MAX + 1),
    ).fetchall()
    if len(terms) > TERMS_MAX:
        return None
    return " OR ".join(_string(term) for (term,) in terms)


def _trigrams(form: str) -> Iterator[str]:
    distinct = list(dict.fromkeys(form[i : i + 3] for i in range(len(form) - 2)))
    step = max(1, -(-len(distinct) // TRIGRAMS_MAX))
    yield from distinct[::step]


def _string(trigram: str) -> str:
    return '"' + trigram.replace('"', '""') + '"'
