"""The sets of a session: reference counts in `session_value`, the first values of each in its row."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from threadline.model.session import SET_SHOWN
from threadline.model.trace import ToolUse, TraceRecord
from threadline.query.metadata import metadata_pairs
from threadline.store.sqlite.names import PAIR, Place
from threadline.store.sqlite.session_row import (
    AGENT,
    COMMON,
    CONTENT,
    ENVIRONMENT,
    KIND,
    METADATA,
    MODEL,
    OTHER_ID,
    SERVICE,
    STATUS,
    STATUSES,
    TAG,
    TOOL,
    USER,
    Shown,
    State,
)
from threadline.store.sqlite.transaction import SessionChange, Writer

__all__ = ["ValueCounts"]

INSERT = "insert into session_value (session, kind, value, project, n, errors) values (?, ?, ?, ?, ?, ?)"
UPSERT = f"""{INSERT}
on conflict do update set n = n + excluded.n, errors = errors + excluded.errors"""
DELETE = "delete from session_value where session = ? and kind = ? and value = ?"
NUMBERS = {place: number for number, place in enumerate(COMMON)}

_Deltas: TypeAlias = dict[tuple[int, str], list[int]]
"""(kind, value) -> change of n and of errors."""
_Row: TypeAlias = tuple[int, int, str, int, int, int]
"""As INSERT takes it."""


class ValueCounts:
    """What one transaction changes in `session_value`. Each session once."""

    def __init__(self, writer: Writer) -> None:
        """Nothing is collected yet."""
        self._connection = writer.connection
        self._known = writer.values
        self._inserts: list[_Row] = []
        self._upserts: list[_Row] = []
        self.came: list[Place] = []
        """Values that a session has now and that `value` may not hold yet."""
        self.left: list[Place] = []
        """Values that a session has no longer."""

    def apply(self, pk: int, change: SessionChange, shown: Shown, state: State) -> None:
        """Change the counts by what left and came, and bring `shown` and `state` up to date."""
        deltas: _Deltas = {}
        common: dict[int, int] = {}
        for view in change.added:
            _count(deltas, view.record, 1)
            _count_words(deltas, common, view.record, 1)
        for view in change.removed:
            _count(deltas, view.record, -1)
            if not view.of_first_schema:
                _count_words(deltas, common, view.record, -1)
        self._apply_common(pk, change.project, common, state)
        if not shown.sets:
            shown.sets = [([], 0) for _ in range(OTHER_ID + 1)]
            self._insert_all(pk, change.project, deltas, shown)
        else:
            self._change(pk, change.project, deltas, shown, state)

    def flush(self) -> None:
        """Write what was collected. A session's rows lie together, so they are written together."""
        self._connection.executemany(INSERT, self._inserts)
        self._connection.executemany(UPSERT, self._upserts)
        self._inserts.clear()
        self._upserts.clear()

    def _apply_common(self, pk: int, project: int, deltas: dict[int, int], state: State) -> None:
        """Only the first turn that brings it writes a row, only the last one that leaves deletes it."""
        counts = state.common
        for number, n in deltas.items():
            before = counts.get(number, 0)
            if before and before + n > 0:
                counts[number] = before + n
            elif n > 0:
                counts[number] = n
                self._insert((pk, *COMMON[number], project, 1, 0))
            elif n:
                del counts[number]
                self._delete(pk, *COMMON[number], project)

    def _change(self, pk: int, project: int, deltas: _Deltas, shown: Shown, state: State) -> None:
        """Of a session that is there. A further turn writes a row for each tool alone: the rest waits in `state`."""
        tools = {tool.name: tool for tool in shown.tools}
        stale: set[int] = set()
        for (kind, value), (n, errors) in deltas.items():
            if not n and not errors:
                continue
            row = (pk, kind, value, project, n, errors)
            if kind > OTHER_ID:
                self._add(row) if n > 0 else self._move(row, None)
            elif kind == TOOL and n >= 0 and value in tools:
                self._upserts.append(row)
                tool = tools[value]
                tools[value] = ToolUse(value, tool.calls + n, tool.errors + errors)
            elif kind != TOOL and n > 0 and kind not in stale and value in shown.sets[kind][0]:
                number = kind * SET_SHOWN + shown.sets[kind][0].index(value)
                state.late[number] = state.late.get(number, 0) + n
            else:
                if kind not in stale:
                    stale.add(kind)
                    self._settle(pk, project, kind, shown, state)
                self._move(row, shown)
        shown.tools = list(tools.values())
        if stale:
            self.flush()  # what is shown is read from the rows
        for kind in stale:
            self._show(pk, kind, shown)

    def _insert_all(self, pk: int, project: int, deltas: _Deltas, shown: Shown) -> None:
        """Of a new session: nothing is there to be changed."""
        for (kind, value), (n, errors) in sorted(deltas.items()):
            self._insert((pk, kind, value, project, n, errors))
            if kind == TOOL:
                shown.tool_count += 1
                if len(shown.tools) < SET_SHOWN:
                    shown.tools.append(ToolUse(value, n, errors))
            elif kind <= OTHER_ID:
                values, count = shown.sets[kind]
                if count < SET_SHOWN:
                    values.append(value)
                shown.sets[kind] = (values, count + 1)

    def _insert(self, row: _Row) -> None:
        self._inserts.append(row)
        self._came(row)

    def _add(self, row: _Row) -> None:
        self._upserts.append(row)
        self._came(row)

    def _came(self, row: _Row) -> None:
        place = (row[3], row[1], row[2])
        if place not in self._known:
            self.came.append(place)

    def _delete(self, pk: int, kind: int, value: str, project: int) -> None:
        self._connection.execute(DELETE, (pk, kind, value))
        self.left.append((project, kind, value))

    def _settle(self, pk: int, project: int, kind: int, shown: Shown, state: State) -> None:
        """Before counts of this kind move: what waits in `state`, by its shown place, goes to the rows."""
        self.flush()
        if kind != TOOL:
            for place, value in enumerate(shown.sets[kind][0]):
                late = state.late.pop(kind * SET_SHOWN + place, 0)
                if late:
                    self._connection.execute(UPSERT, (pk, kind, value, project, late, 0))

    def _move(self, row: _Row, shown: Shown | None) -> None:
        """Change one count that may begin or end. `shown`: None where it shows nothing of this kind."""
        pk, kind, value, project, n, _ = row
        now = self._connection.execute(UPSERT + " returning n", row).get
        begun, ended = now == n and n > 0, now <= 0
        if ended:
            self._delete(pk, kind, value, project)
        elif begun:
            self._came(row)
        if shown is None:
            return
        if kind == TOOL:
            shown.tool_count += begun - ended
        else:
            values, count = shown.sets[kind]
            shown.sets[kind] = (values, count + begun - ended)

    def _show(self, pk: int, kind: int, shown: Shown) -> None:
        rows = self._connection.execute(
            "select value, n, errors from session_value where session = ? and kind = ? order by value limit ?",
            (pk, kind, SET_SHOWN),
        ).fetchall()
        if kind == TOOL:
            shown.tools = [ToolUse(*row) for row in rows]
        else:
            shown.sets[kind] = ([row[0] for row in rows], shown.sets[kind][1])


def _count(deltas: _Deltas, record: TraceRecord, sign: int) -> None:
    for place in _places(record):
        delta = deltas.get(place)
        if delta is None:
            deltas[place] = [sign, 0]
        else:
            delta[0] += sign
    for tool in record.tools:
        delta = deltas.setdefault((TOOL, tool.name), [0, 0])
        delta[0] += sign * tool.calls
        delta[1] += sign * tool.errors


def _places(record: TraceRecord) -> Iterable[tuple[int, str]]:
    if record.user_id is not None:
        yield USER, record.user_id
    for value in record.models:
        yield MODEL, value
    for value in record.services:
        yield SERVICE, value
    for value in record.agents:
        yield AGENT, value
    for value in record.tags:
        yield TAG, value
    for value in record.environments:
        yield ENVIRONMENT, value
    for candidate in record.other_session_ids:
        yield OTHER_ID, candidate.value


def _count_words(deltas: _Deltas, common: dict[int, int], record: TraceRecord, sign: int) -> None:
    """What only queries ask for."""
    words = _read_words if len(record.kinds) <= len(COMMON) else _words
    numbers, others = words(record.kinds, record.status, record.content)
    for number in numbers:
        common[number] = common.get(number, 0) + sign
    pairs = metadata_pairs(record.metadata) if record.metadata is not None else ()
    for place in (*others, *((METADATA, f"{key}{PAIR}{value}") for key, value in pairs)):
        deltas.setdefault(place, [0, 0])[0] += sign


def _words(
    kinds: tuple[str, ...], status: int, content: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """Places in COMMON, and what has none there."""
    word = STATUSES[status] if 0 <= status < len(STATUSES) else STATUSES[0]
    places = [*((KIND, kind) for kind in kinds), (STATUS, word), *((CONTENT, each) for each in content)]
    numbers = tuple(NUMBERS[place] for place in places if place in NUMBERS)
    return numbers, tuple(place for place in places if place not in NUMBERS)


_read_words = lru_cache(maxsize=512)(_words)  # turns of one application are much alike
