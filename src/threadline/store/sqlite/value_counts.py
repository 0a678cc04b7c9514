"""The sets of a session: reference counts in `session_value`, the first values of each in its row."""

from collections.abc import Iterable

from threadline.model.session import SET_SHOWN
from threadline.model.trace import ToolUse, TraceRecord
from threadline.query.metadata import metadata_pairs
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import PAIR
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
from threadline.store.sqlite.transaction import Changes, SessionChange, Writer

__all__ = ["apply_values"]

INSERT = "insert into session_value (session, kind, value, project, n, errors) values (?, ?, ?, ?, ?, ?)"
UPSERT = f"""{INSERT}
on conflict do update set n = n + excluded.n, errors = errors + excluded.errors"""
DELETE = "delete from session_value where session = ? and kind = ? and value = ?"
PLACES = {place: number for number, place in enumerate(COMMON)}


def apply_values(  # noqa: PLR0917 - the two structs are the halves of one row
    writer: Writer, changes: Changes, pk: int, change: SessionChange, shown: Shown, state: State
) -> None:
    """Change the counts by what left and came, and bring `shown` and `state` up to date."""
    deltas: dict[tuple[int, str], list[int]] = {}
    for view in change.added:
        _count(deltas, view.record, 1)
        _count_words(deltas, view.record, 1)
    for view in change.removed:
        _count(deltas, view.record, -1)
        if not view.of_first_schema:
            _count_words(deltas, view.record, -1)
    known, project = writer.values, change.project
    for (kind, value), (n, _) in deltas.items():
        if n > 0 and (project, kind, value) not in known:
            changes.values_came.append((project, kind, value))
    if not shown.sets:
        shown.sets = [([], 0) for _ in range(OTHER_ID + 1)]
        _insert_all(writer.connection, pk, change.project, deltas, shown, state)
    else:
        _change(writer.connection, changes, pk, change.project, deltas, shown, state)


def _change(  # noqa: PLR0917
    connection: Database,
    changes: Changes,
    pk: int,
    project: int,
    deltas: dict[tuple[int, str], list[int]],
    shown: Shown,
    state: State,
) -> None:
    """Of a session that is there."""
    tools = {tool.name: tool for tool in shown.tools}
    known: list[tuple[object, ...]] = []
    stale: set[int] = set()
    for (kind, value), (n, errors) in deltas.items():
        if not n and not errors:
            continue
        row = (pk, kind, value, project, n, errors)
        number = PLACES.get((kind, value))
        if number is not None:
            _change_common(connection, changes, row, number, state)
        elif kind > OTHER_ID:
            if n > 0:
                known.append(row)
            else:
                _move(connection, changes, row, None)
        elif n >= 0 and (value in tools if kind == TOOL else value in shown.sets[kind][0]):
            known.append(row)
            if kind == TOOL:
                tool = tools[value]
                tools[value] = ToolUse(value, tool.calls + n, tool.errors + errors)
        else:
            stale.add(kind)
            _move(connection, changes, row, shown)
    connection.executemany(UPSERT, known)
    shown.tools = list(tools.values())
    for kind in stale:
        _show(connection, pk, kind, shown)


def _change_common(
    connection: Database, changes: Changes, row: tuple[int, int, str, int, int, int], number: int, state: State
) -> None:
    """Only the first turn that brings it writes a row, only the last one that leaves deletes it."""
    pk, kind, value, project, n, _ = row
    before = state.common.pop(number, 0)
    if before + n > 0:
        state.common[number] = before + n
        if not before:
            connection.execute(INSERT, (pk, kind, value, project, 1, 0))
    else:
        connection.execute(DELETE, (pk, kind, value))
        changes.values_left.append((project, kind, value))


def _insert_all(  # noqa: PLR0917
    connection: Database,
    pk: int,
    project: int,
    deltas: dict[tuple[int, str], list[int]],
    shown: Shown,
    state: State,
) -> None:
    """Of a new session: nothing is there to be changed."""
    state.common = {}
    rows: list[tuple[int, int, str, int, int, int]] = []
    for (kind, value), (n, errors) in sorted(deltas.items()):
        number = PLACES.get((kind, value))
        if number is not None:
            state.common[number] = n
        rows.append((pk, kind, value, project, n if number is None else 1, errors))
        if kind == TOOL:
            shown.tool_count += 1
            if len(shown.tools) < SET_SHOWN:
                shown.tools.append(ToolUse(value, n, errors))
        elif kind <= OTHER_ID:
            values, count = shown.sets[kind]
            if count < SET_SHOWN:
                values.append(value)
            shown.sets[kind] = (values, count + 1)
    connection.executemany(INSERT, rows)


def _count(deltas: dict[tuple[int, str], list[int]], record: TraceRecord, sign: int) -> None:
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


def _count_words(deltas: dict[tuple[int, str], list[int]], record: TraceRecord, sign: int) -> None:
    for place in _words(record):
        delta = deltas.get(place)
        if delta is None:
            deltas[place] = [sign, 0]
        else:
            delta[0] += sign


def _words(record: TraceRecord) -> Iterable[tuple[int, str]]:
    """What only queries ask for."""
    for value in record.kinds:
        yield KIND, value
    yield STATUS, STATUSES[record.status] if 0 <= record.status < len(STATUSES) else STATUSES[0]
    for value in record.content:
        yield CONTENT, value
    if record.metadata is not None:
        for key, value in metadata_pairs(record.metadata):
            yield METADATA, f"{key}{PAIR}{value}"


def _move(
    connection: Database, changes: Changes, row: tuple[int, int, str, int, int, int], shown: Shown | None
) -> None:
    """Change one count that may begin or end. `shown`: None where it shows nothing of this kind."""
    pk, kind, value, project, n, _ = row
    now = connection.execute(UPSERT + " returning n", row).get
    begun, ended = now == n and n > 0, now <= 0
    if ended:
        connection.execute(DELETE, (pk, kind, value))
        changes.values_left.append((project, kind, value))
    if shown is None:
        return
    if kind == TOOL:
        shown.tool_count += begun - ended
    else:
        values, count = shown.sets[kind]
        shown.sets[kind] = (values, count + begun - ended)


def _show(connection: Database, pk: int, kind: int, shown: Shown) -> None:
    rows = connection.execute(
        "select value, n, errors from session_value where session = ? and kind = ? order by value limit ?",
        (pk, kind, SET_SHOWN),
    ).fetchall()
    if kind == TOOL:
        shown.tools = [ToolUse(*row) for row in rows]
    else:
        shown.sets[kind] = ([row[0] for row in rows], shown.sets[kind][1])
