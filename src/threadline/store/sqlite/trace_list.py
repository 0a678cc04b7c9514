"""Lists of traces, newest start first."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from threadline.model.session import StoredTrace
from threadline.model.values import I64_MAX
from threadline.query.ast import Node, Said
from threadline.query.shape import all_of
from threadline.store.contract import Page, TraceQuery
from threadline.store.cursor import TraceCursor, query_hash, read_cursor, write_cursor
from threadline.store.sqlite.condition import bound, left_to_look_up
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import Part, last_change, project_row
from threadline.store.sqlite.query_text import TextSearch
from threadline.store.sqlite.query_turns import turn_condition
from threadline.store.sqlite.query_values import Asked
from threadline.store.sqlite.reads import NOT_ERASED, TRACE, to_trace
from threadline.store.sqlite.session_sql import NOTHING, TRUE, Sql, bound_ns
from threadline.store.sqlite.text_index import Needle, candidates
from threadline.store.sqlite.texts import PLAIN, Sides, from_text
from threadline.store.sqlite.trace_row import place_of, start_of

__all__ = ["trace_sql", "traces"]

WALKED_TRACES = 1_500
CANDIDATES_MAX = 4_000
EXAMINED = 2_000
"""Traces passed before the conditions of a query are asked as sets."""
EXAMINED_BY_LOOK = 500
"""As many where each may have to be looked at."""
SET_MAX = 20_000
"""So many are found as a set; of more the walk goes on, each asked by its row."""
WIDTH = 10
"""Columns of TRACE."""


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
    walk = _Walk(connection, query, project, session)
    if query.query is not None:
        said: list[Node] = [Said(query.text)] if query.text else []
        yield from _of_query(walk, all_of([*said, query.query]), after)
        return
    rows = walk.rows(after)
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
                for other in walk.rows(at, among=few):
                    if _says(other, needle):
                        yield other
                return


def _says(row: tuple[Any, ...], needle: Needle) -> bool:
    return needle.side(Sides(from_text(row[2]), from_text(row[3]), PLAIN, PLAIN)) is not None


def _of_query(walk: "_Walk", node: Node, after: TraceCursor | None) -> Iterator[tuple[Any, ...]]:
    """Past some traces each asked by its row; then, when the page is not full, those that sets of SQL know."""
    asked = Asked(walk.connection, walk.project, walk.query.project, by_row=True)
    search = TextSearch(walk.connection, walk.project, walk.query.project)
    condition = turn_condition(asked, search, node)
    columns, holds = bound(left_to_look_up(condition.rest))
    beside = Sql("".join(f", {each.text}" for each in columns), tuple(v for each in columns for v in each.arguments))
    found = []
    part = Part(condition.upper, beside, EXAMINED if condition.rest is None else EXAMINED_BY_LOOK)
    for row in walk.rows(after, part=part):
        if holds(row[8], row[WIDTH:]):
            found.append(row)
            if len(found) > walk.query.limit:
                break
    else:
        if not part.is_whole:
            among = _among(walk, turn_condition(asked._replace(by_row=False), search, node).upper)
            which = condition.upper if among is None else TRUE
            rows = walk.rows(after, part=Part(which, beside, None), among=among)
            yield from (row for row in rows if holds(row[8], row[WIDTH:]))
            return
    yield from found


def _among(walk: "_Walk", upper: Sql) -> list[int] | None:
    """The traces that a condition selects; None when they are so many that passing all of them is no longer."""
    sql = f"select t.id from trace t where t.project = ? and {upper.text} limit ?"  # noqa: S608 - made here
    ids = [row for (row,) in walk.connection.execute(sql, (walk.project, *upper.arguments, SET_MAX + 1))]
    return None if len(ids) > SET_MAX else ids


class _Walk:
    """One query's walk along the traces of a project."""

    def __init__(self, connection: Database, query: TraceQuery, project: int, session: int | None) -> None:
        self.connection = connection
        self.query = query
        self.project = project
        self._session = session

    def rows(
        self, after: TraceCursor | None, *, part: Part | None = None, among: list[int] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Timed traces, then those without a time; `limit` and one at a time."""
        began = None if after is None else after.began
        for timed in (True, False):
            if after is not None and timed and after.start_ns is None:
                continue
            at = after if after is not None and (after.start_ns is not None) == timed else None
            end = None if among is not None else self._end(part, at, timed=timed)
            while True:
                where = [] if part is None else [part.which] if end is None else [part.which, end]
                beside = NOTHING if part is None else part.beside
                stretch = TraceStretch(timed, at, began)
                sql = trace_sql(self.query, Walked(self.project, self._session, among), stretch, where, beside)
                rows = self.connection.execute(*sql).fetchall()
                yield from rows
                if len(rows) <= self.query.limit:
                    break
                at = TraceCursor(b"", began or 0, start_of(rows[-1][9]), rows[-1][0])
            if end is not None and part is not None:
                part.is_whole = False
                return

    def _end(self, part: Part | None, after: TraceCursor | None, *, timed: bool) -> Sql | None:
        """Where a part of the walk ends; None when there are no more traces than that."""
        if part is None or part.examined is None:
            return None
        beyond = TRUE if after is None else _beyond(after)
        place = self.connection.execute(
            f"""select t.place, t.trace_id from trace t indexed by trace_time where t.project = ?
            and t.place {"<" if timed else "="} {I64_MAX} and {beyond.text}
            order by t.place desc, t.trace_id desc limit 1 offset ?""",  # noqa: S608 - constants
            (self.project, *beyond.arguments, part.examined),
        ).fetchone()
        return None if place is None else Sql("(t.place, t.trace_id) >= (?, ?)", place)


def _beyond(after: TraceCursor) -> Sql:
    return Sql("(t.place, t.trace_id) < (?, ?)", (place_of(after.start_ns), after.trace_id))


class Walked(NamedTuple):
    """Which traces a walk passes."""

    project: int
    session: int | None = None
    rows: Sequence[int] | None = None
    """None: all of them."""


class TraceStretch(NamedTuple):
    """A part of a walk that one index range answers."""

    timed: bool
    after: TraceCursor | None = None
    began: int | None = None
    """None of those that moved after this commit."""


def trace_sql(
    query: TraceQuery, walked: Walked, stretch: TraceStretch, where: Sequence[Sql] = (), beside: Sql = NOTHING
) -> Sql:
    """The next `limit` and one of a stretch of the walk, newest first."""
    parts: list[str] = ["t.project = ?"]
    arguments: list[Any] = [walked.project]
    if walked.session is not None:
        parts.append("t.session = ?")
        arguments.append(walked.session)
    if query.without_session:
        parts.append("t.session is null and t.filed_under is null")
    if query.since_ns is not None:
        parts.append("t.end >= ?")
        arguments.append(bound_ns(query.since_ns))
    if query.until_ns is not None:
        parts.append(f"t.place < ? and t.place < {I64_MAX}")
        arguments.append(bound_ns(place_of(query.until_ns)))
    if walked.rows is not None:
        parts.append("t.id in (select value from json_each(?))")
        arguments.append(str(list(walked.rows)))
    parts.append(f"t.place {'<' if stretch.timed else '='} {I64_MAX}")
    if stretch.after is not None:
        where = [*where, _beyond(stretch.after)]
    for each in where:
        parts.append(each.text)
        arguments += each.arguments
    if stretch.began is not None:
        parts.append("t.changed <= ?")
        arguments.append(stretch.began)
    read = TRACE.replace(" from trace t ", f"{beside.text} from trace t ", 1)
    text = f"{read} where {' and '.join(parts)} and ({NOT_ERASED}) order by t.place desc, t.trace_id desc limit ?"
    return Sql(text, (*beside.arguments, *arguments, query.limit + 1))
