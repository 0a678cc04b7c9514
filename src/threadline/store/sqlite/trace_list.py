"""Lists of traces, newest start first."""

from collections.abc import Iterator
from typing import Any

from threadline.model.session import StoredTrace
from threadline.model.values import I64_MAX
from threadline.store.contract import Page, TraceQuery
from threadline.store.cursor import TraceCursor, query_hash, read_cursor, write_cursor
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import last_change, project_row
from threadline.store.sqlite.reads import NOT_ERASED, TRACE, to_trace
from threadline.store.sqlite.session_sql import Sql, bound_ns
from threadline.store.sqlite.text_index import Needle, candidates
from threadline.store.sqlite.texts import PLAIN, Sides, from_text
from threadline.store.sqlite.trace_row import place_of, start_of

__all__ = ["trace_sql", "traces"]

WALKED_TRACES = 1_500
CANDIDATES_MAX = 4_000


def traces(connection: Database, query: TraceQuery) -> Page[StoredTrace]:
    """The next page."""
    project = project_row(connection, query.project)
    cursor = read_cursor(query.cursor, query) if query.cursor is not None else None
    if project is None:
        return Page([], None)
    session: int | None = None
    if query.session is not None:
        session = connection.execute(
            "select id from session where key = ? and project = ?",
            (query.session.encode(errors="replace").decode(), project),
        ).get
        if session is None:
            return Page([], None)
    after = cursor if isinstance(cursor, TraceCursor) else None
    found: list[tuple[Any, ...]] = []
    for row in _matching(connection, query, project, session, after):
        found.append(row)
        if len(found) > query.limit:
            break
    rows = found[: query.limit]
    next_cursor = None
    if len(found) > query.limit:
        began = last_change(connection, project) if after is None else after.began
        next_cursor = write_cursor(TraceCursor(query_hash(query), began, start_of(rows[-1][9]), rows[-1][0]))
    return Page([to_trace(row, query.project) for row in rows], next_cursor)


def _matching(
    connection: Database, query: TraceQuery, project: int, session: int | None, after: TraceCursor | None
) -> Iterator[tuple[Any, ...]]:
    rows = _walk(connection, query, project, session, after, None)
    if not query.text:
        yield from rows
        return
    needle = Needle(query.text)
    began = I64_MAX if after is None else after.began
    for walked, row in enumerate(rows, start=1):
        if _says(row, needle):
            yield row
        if walked == WALKED_TRACES:
            few = candidates(connection, project, needle, CANDIDATES_MAX)
            if few is not None:
                at = TraceCursor(b"", began, start_of(row[9]), row[0])
                for other in _walk(connection, query, project, session, at, few):
                    if _says(other, needle):
                        yield other
                return


def _says(row: tuple[Any, ...], needle: Needle) -> bool:
    return needle.side(Sides(from_text(row[2]), from_text(row[3]), PLAIN, PLAIN)) is not None


def _walk(  # noqa: PLR0917 - a walk's whole state
    connection: Database,
    query: TraceQuery,
    project: int,
    session: int | None,
    after: TraceCursor | None,
    among: list[int] | None,
) -> Iterator[tuple[Any, ...]]:
    """Timed traces, then those without a time; `limit` and one at a time."""
    began = None if after is None else after.began
    for timed in (True, False):
        if after is not None and timed and after.start_ns is None:
            continue
        at = after if after is not None and (after.start_ns is not None) == timed else None
        while True:
            sql = trace_sql(query, project, session, at, among, timed=timed, began=began)
            rows = connection.execute(*sql).fetchall()
            yield from rows
            if len(rows) <= query.limit:
                break
            at = TraceCursor(b"", began or 0, start_of(rows[-1][9]), rows[-1][0])


def trace_sql(
    query: TraceQuery,
    project: int,
    session: int | None,
    after: TraceCursor | None,
    among: list[int] | None,
    *,
    timed: bool,
    began: int | None,
) -> Sql:
    """The next `limit` and one of a stretch of the walk, newest first; none that moved after `began`."""
    parts: list[str] = ["t.project = ?"]
    arguments: list[Any] = [project]
    if session is not None:
        parts.append("t.session = ?")
        arguments.append(session)
    if query.without_session:
        parts.append("t.session is null and t.filed_under is null")
    if query.since_ns is not None:
        parts.append("t.end >= ?")
        arguments.append(bound_ns(query.since_ns))
    if query.until_ns is not None:
        parts.append(f"t.place < ? and t.place < {I64_MAX}")
        arguments.append(bound_ns(place_of(query.until_ns)))
    if among is not None:
        parts.append("t.id in (select value from json_each(?))")
        arguments.append(str(among))
    parts.append(f"t.place {'<' if timed else '='} {I64_MAX}")
    if after is not None:
        parts.append("(t.place, t.trace_id) < (?, ?)")
        arguments += [place_of(after.start_ns), after.trace_id]
    if began is not None:
        parts.append("t.changed <= ?")
        arguments.append(began)
    text = f"{TRACE} where {' and '.join(parts)} and ({NOT_ERASED}) order by t.place desc, t.trace_id desc limit ?"
    return Sql(text, (*arguments, query.limit + 1))
