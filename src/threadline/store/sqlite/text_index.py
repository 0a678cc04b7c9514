"""The text index: two FTS5 trigram tables per project, over casefolded texts, written behind the commits.

One holds what was said to the application, one what it said, so that a question about one side does not pass the
other's words. Contentless and without positions, they only propose candidates; `turn_text` confirms them. Texts that
wait in `unindexed` are candidates too, so that search never waits for the index.
"""

from collections.abc import Iterator, Mapping, Sequence

from threadline.sessions.text import folded
from threadline.store.sqlite.database import Database, quoted
from threadline.store.sqlite.names import index_names
from threadline.store.sqlite.texts import Sides, read_sides
from threadline.store.sqlite.transaction import Writer
from threadline.store.sqlite.trigrams import PAD, TERMS, beginning_with, matching, trigrams

__all__ = ["Needle", "candidates", "drop_texts", "index_pending"]

INPUT, OUTPUT = "input", "output"
SIDES: Mapping[str, tuple[str, ...]] = {"either": (INPUT, OUTPUT), "user": (INPUT,), "assistant": (OUTPUT,)}
"""`Said.side` -> which tables hold it."""


def table(project: int, side: str) -> str:
    """The name of a project's index of INPUT or OUTPUT."""
    return f"{side}_{project}"


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
    for side in (INPUT, OUTPUT):
        index = table(project, side)
        if _exists(connection, index):
            sql = f"delete from {quoted(index)} where rowid = ?"  # noqa: S608 - quoted
            connection.executemany(sql, [(pk,) for pk in traces])
            connection.execute("insert or ignore into meta (name, value) values (?, ?)", (f"merge:{index}", index))


def _index(connection: Database, rows: list[tuple[int, int, int]]) -> None:
    by_project: dict[int, list[tuple[int, int]]] = {}
    for project, trace, replaces in rows:
        by_project.setdefault(project, []).append((trace, replaces))
    for project, traces in by_project.items():
        said = [(trace, read_sides(connection, trace)) for trace, _ in sorted(traces)]
        older = [(trace,) for trace, replaces in traces if replaces]
        _put(connection, table(project, INPUT), older, [(trace, sides.input) for trace, sides in said])
        _put(connection, table(project, OUTPUT), older, [(trace, sides.output) for trace, sides in said])
        connection.executemany(
            "delete from unindexed where project = ? and trace = ?", [(project, trace) for trace, _ in traces]
        )


def _put(
    connection: Database, index: str, older: Sequence[tuple[int]], texts: Sequence[tuple[int, str | None]]
) -> None:
    """Texts of traces into one table, which is made when there is none."""
    name = quoted(index)
    if not _exists(connection, index):
        connection.execute(
            f"create virtual table {name} using fts5 (body, content='', contentless_delete=1, detail=none, "
            "columnsize=1, tokenize='trigram case_sensitive 1')"
        )
        # Merging segments eight at a time costs a fifth less than four at a time; search reads some more of them.
        connection.execute(f"insert into {name} ({name}, rank) values ('automerge', 8)")  # noqa: S608 - quoted
        connection.execute(f"create virtual table {quoted(index + TERMS)} using fts5vocab ({name}, 'row')")
    connection.executemany(f"delete from {name} where rowid = ?", older)  # noqa: S608 - quoted
    connection.executemany(
        f"insert into {name} (rowid, body) values (?, ?)",  # noqa: S608 - quoted
        [(trace, folded(text) + PAD) for trace, text in texts if text],
    )


def _exists(connection: Database, index: str) -> bool:
    return bool(connection.execute("select 1 from sqlite_schema where name = ?", (index,)).get)


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


def candidates(
    connection: Database, project: int, needle: Needle, limit: int, side: str = "either"
) -> list[int] | None:
    """Trace rows of which a side may say it, every one that does among them; None when there are more than `limit`."""
    found: set[int] = set()
    for sql, arguments in _sources(connection, project, needle.form, side):
        if sql is None:
            return None
        found.update(row for (row,) in connection.execute(sql, (*arguments, limit + 1)))
        if len(found) > limit:
            return None
    return sorted(found)


def _sources(
    connection: Database, project: int, form: str, side: str
) -> Iterator[tuple[str | None, tuple[int] | tuple[str]]]:
    """What selects candidates; no SQL where there would be too many."""
    yield "select trace from unindexed where project = ? limit ?", (project,)
    for index in (table(project, each) for each in SIDES[side]):
        if not _exists(connection, index):
            continue
        query = _query(connection, index, form)
        if query is None:
            yield None, ("",)
        elif query:
            name = quoted(index)
            yield f"select rowid from {name} where {name} match ? limit ?", (query,)  # noqa: S608 - quoted


def _query(connection: Database, index: str, form: str) -> str | None:
    """An FTS5 query that every text with this form matches; '' when none can, None when too many would."""
    if len(form) >= 3:
        return matching(trigrams(form), "AND")
    return beginning_with(connection, index, form)
