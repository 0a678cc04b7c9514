"""End users that a trace's spans name beside the one the fold chose: deleting an end user finds those traces, too.

Nearly every trace names one at most, which its session or its row knows; so the table is nearly empty.
"""

from collections.abc import Callable, Iterable, Sequence

from threadline.model.facts import SpanFacts
from threadline.store.sqlite import segments
from threadline.store.sqlite.blocks import raw_spans
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.segments import Entry
from threadline.store.sqlite.trace_row import decode_record
from threadline.store.sqlite.transaction import Writer

__all__ = ["NamedUsers", "fill_some", "forget_users", "traces_naming"]

FILLED_AT_ONCE = 200
"""Traces of an older schema that are read in one step: about 50 ms."""
INSERT = "insert or ignore into named_user (project, user_id, trace) values (?, ?, ?)"
FORGET = "delete from named_user where trace = ?"


class NamedUsers:
    """The rows that one transaction writes."""

    def __init__(self, connection: Database) -> None:
        """Nothing is collected yet."""
        self._connection = connection
        self._forgotten: list[tuple[int]] = []
        self._rows: list[tuple[int, str, int]] = []

    def put(self, project: int, trace: int, facts: Iterable[SpanFacts], chosen: str | None, *, is_new: bool) -> None:
        """Collect what a trace's spans name beside `chosen`."""
        if not is_new:
            self._forgotten.append((trace,))
        self._rows += [(project, user, trace) for user in _others(facts, chosen)]

    def flush(self) -> None:
        """Write what was collected."""
        self._connection.executemany(FORGET, self._forgotten)
        self._connection.executemany(INSERT, self._rows)
        self._forgotten.clear()
        self._rows.clear()


def forget_users(connection: Database, traces: Sequence[int]) -> None:
    """Of erased traces."""
    connection.executemany(FORGET, [(trace,) for trace in traces])


def traces_naming(connection: Database, project: int | None, user_id: str) -> list[bytes]:
    """Ids of the traces that name the end user without being theirs, those hidden already left out."""
    rows = connection.execute(
        """select t.trace_id from named_user u join trace t on t.id = u.trace
        left join session s on s.id = t.session
        where u.project = ? and u.user_id = ? and (t.session is null or s.id is not null)""",
        (project, user_id),
    )
    return [trace_id for (trace_id,) in rows]


def fill_some(writer: Writer) -> int:
    """Read some traces that were folded before there was such a table; 0 when none are left."""
    done = writer.connection.execute("select value from meta where name = 'users_after'").get
    if done is None:
        return 0
    with writer.transaction() as connection:
        rows = connection.execute(
            "select id, project, record from trace where id > ? order by id limit ?", (done, FILLED_AT_ONCE)
        ).fetchall()
        for trace, project, record in rows:
            users = _others(_facts(connection, trace), decode_record(record).user_id)
            connection.executemany(INSERT, [(project, user, trace) for user in users])
        if rows:
            connection.execute("update meta set value = ? where name = 'users_after'", (rows[-1][0],))
        else:
            connection.execute("delete from meta where name = 'users_after'")
    return len(rows)


def _others(facts: Iterable[SpanFacts], chosen: str | None) -> set[str]:
    return {each.user_id for each in facts if each.user_id is not None and each.user_id != chosen}


def _facts(connection: Database, trace: int) -> list[SpanFacts]:
    def raw(entry: Entry) -> Callable[[], bytes]:
        return lambda: next(found for _, found in raw_spans(connection, [entry.address])).span

    merged = segments.merge(segments.read(connection, trace), raw)
    return [entry.facts for entry in merged.spans.values()]
