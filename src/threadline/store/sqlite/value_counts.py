"""The sets of a session: reference counts in `session_value`, the first values of each in its row."""

from collections.abc import Iterable

from threadline.model.session import SET_SHOWN
from threadline.model.trace import ToolUse, TraceRecord
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.session_row import (
    AGENT,
    ENVIRONMENT,
    MODEL,
    OTHER_ID,
    SERVICE,
    TAG,
    TOOL,
    USER,
    Shown,
)
from threadline.store.sqlite.transaction import SessionChange

__all__ = ["apply_values"]

INSERT = "insert into session_value (session, kind, value, project, n, errors) values (?, ?, ?, ?, ?, ?)"
UPSERT = f"""{INSERT}
on conflict do update set n = n + excluded.n, errors = errors + excluded.errors"""


def apply_values(connection: Database, pk: int, change: SessionChange, shown: Shown) -> None:
    """Change the counts by what left and came, and bring `shown` up to date."""
    deltas: dict[tuple[int, str], list[int]] = {}
    for view in change.added:
        _count(deltas, view.record, 1)
    for view in change.removed:
        _count(deltas, view.record, -1)
    if not shown.sets:
        shown.sets = [([], 0) for _ in range(OTHER_ID + 1)]
        _insert_all(connection, pk, change.project, deltas, shown)
        return
    tools = {tool.name: tool for tool in shown.tools}
    known: list[tuple[object, ...]] = []
    stale: set[int] = set()
    for (kind, value), (n, errors) in deltas.items():
        if not n and not errors:
            continue
        row = (pk, kind, value, change.project, n, errors)
        if n >= 0 and (value in tools if kind == TOOL else value in shown.sets[kind][0]):
            known.append(row)
            if kind == TOOL:
                tool = tools[value]
                tools[value] = ToolUse(value, tool.calls + n, tool.errors + errors)
            continue
        stale.add(kind)
        _move(connection, row, shown)
    connection.executemany(UPSERT, known)
    shown.tools = list(tools.values())
    for kind in stale:
        _show(connection, pk, kind, shown)


def _insert_all(
    connection: Database, pk: int, project: int, deltas: dict[tuple[int, str], list[int]], shown: Shown
) -> None:
    """Of a new session: nothing is there to be changed."""
    ordered = sorted(deltas.items())
    connection.executemany(INSERT, [(pk, kind, value, project, n, errors) for (kind, value), (n, errors) in ordered])
    for (kind, value), (n, errors) in ordered:
        if kind == TOOL:
            shown.tool_count += 1
            if len(shown.tools) < SET_SHOWN:
                shown.tools.append(ToolUse(value, n, errors))
        else:
            values, count = shown.sets[kind]
            if count < SET_SHOWN:
                values.append(value)
            shown.sets[kind] = (values, count + 1)


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


def _move(connection: Database, row: tuple[int, int, str, int, int, int], shown: Shown) -> None:
    """Change one count that may begin or end."""
    pk, kind, value, _, n, _ = row
    now = connection.execute(UPSERT + " returning n", row).get
    begun, ended = now == n and n > 0, now <= 0
    if ended:
        connection.execute("delete from session_value where session = ? and kind = ? and value = ?", (pk, kind, value))
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
