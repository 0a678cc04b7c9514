"""One row a span, filed by what spans have in common: how a query finds spans without reading traces."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TypeAlias

import msgspec

from threadline.model.facts import SpanFacts
from threadline.sessions.fold import START_THEN_ID
from threadline.store.sqlite.database import Row
from threadline.store.sqlite.transaction import Writer

__all__ = ["SpanClass", "SpanRows", "class_of", "erase_span_rows"]

SpanClass: TypeAlias = tuple[int, str, str, str, str, str, str, int]
"""(project, kind, tool, agent, model, service, environment, status)"""

FIND = """select id from span_class where project = ? and kind = ? and tool = ? and agent = ? and model = ?
and service = ? and environment = ? and status = ?"""
ADD = """insert into span_class (project, kind, tool, agent, model, service, environment, status)
values (?,?,?,?,?,?,?,?) returning id"""
READ = "select n, session, latency, tokens, cost from span_row where class = ? and trace = ?"
PUT = "insert or replace into span_row (class, trace, n, session, latency, tokens, cost) values (?,?,?,?,?,?,?)"
DROP = "delete from span_row where class = ? and trace = ? and n = ?"
DROP_CLASS = """delete from span_class where id = ? and not exists (select 1 from span_row where class = id)
returning project, kind, tool, agent, model, service, environment, status"""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[int]).decode


def class_of(project: int, facts: SpanFacts) -> SpanClass:
    """What a span shares with others."""
    return (
        project,
        facts.kind,
        facts.tool or "",
        facts.agent or "",
        facts.model or "",
        facts.service or "",
        facts.environment or "",
        facts.status,
    )


class SpanRows:
    """The span rows that one transaction writes."""

    def __init__(self, writer: Writer) -> None:
        """Nothing is collected yet."""
        self._writer = writer
        self._puts: list[Row] = []
        self._drops: list[tuple[int, int, int]] = []
        self._left: set[int] = set()
        """Classes that lost a trace: perhaps their last."""

    def put(
        self, trace: int, spans: Iterable[SpanFacts], project: int, session: int | None, old: bytes | None
    ) -> bytes:
        """Collect what changes for one trace. `old` is its `classes` so far; answers what they are now."""
        rows: list[Row] = []
        counts: dict[int, int] = {}
        known, in_session = self._writer.classes, session or 0
        for facts in sorted(spans, key=START_THEN_ID):
            shared = class_of(project, facts)
            number = known.get(shared) or self._class(shared)
            n = counts.get(number, 0)
            counts[number] = n + 1
            rows.append((number, trace, n, in_session, facts.latency_ns, facts.tokens, facts.cost_nano))
        self._puts += rows if old is None else self._changed(trace, rows, _decode(old))
        return _encode(sorted(counts))

    def flush(self) -> None:
        """Write what was collected. A class's rows lie together, so they are written together."""
        connection = self._writer.connection
        connection.executemany(DROP, self._drops)
        connection.executemany(PUT, sorted(self._puts, key=itemgetter(0, 1, 2)))
        _drop_classes(self._writer, self._left)
        self._puts.clear()
        self._drops.clear()
        self._left.clear()

    def _changed(self, trace: int, now: Sequence[Row], old: Sequence[int]) -> Iterable[Row]:
        """What is stored already is not written, what no longer holds is dropped."""
        execute = self._writer.connection.execute
        rows = {(row[0], row[2]): row for row in now}
        for number in old:
            stays = False
            for row in execute(READ, (number, trace)):
                place = (number, row[0])
                new = rows.get(place)
                if new is None:
                    self._drops.append((number, trace, row[0]))
                    continue
                stays = True
                if new[2:] == row:
                    del rows[place]
            if not stays:
                self._left.add(number)
        return rows.values()

    def _class(self, shared: SpanClass) -> int:
        execute = self._writer.connection.execute
        number: int = execute(FIND, shared).get or execute(ADD, shared).get
        self._writer.remember_class(shared, number)
        return number


def erase_span_rows(writer: Writer, traces: Sequence[int]) -> None:
    """Take the rows of traces out, and the classes that were theirs alone."""
    connection = writer.connection
    left: set[int] = set()
    for trace in traces:
        classes = connection.execute("select classes from trace where id = ?", (trace,)).get
        for number in _decode(classes) if classes is not None else ():
            connection.execute("delete from span_row where class = ? and trace = ?", (number, trace))
            left.add(number)
    _drop_classes(writer, left)


def _drop_classes(writer: Writer, numbers: Iterable[int]) -> None:
    for number in numbers:
        gone = writer.connection.execute(DROP_CLASS, (number,)).fetchone()
        if gone is not None:
            writer.classes.pop(gone, None)
