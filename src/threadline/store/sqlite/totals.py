"""Session records, changed by what one commit takes out and puts in: never by a walk over their turns."""

from typing import Any

from threadline.model.trace import TraceRecord
from threadline.sessions.totals import preview
from threadline.store.sqlite import large_session
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.figures import CHANGING, READ, Figures
from threadline.store.sqlite.names import drop_values, keep_values
from threadline.store.sqlite.session_row import SESSION_ID, Holder, SmallTurn, tie_of
from threadline.store.sqlite.small_session import change_list, derive
from threadline.store.sqlite.texts import SILENT, read_sides
from threadline.store.sqlite.trace_row import decode_record, place_of, said_bits
from threadline.store.sqlite.transaction import Changes, SessionChange, TraceView, Writer
from threadline.store.sqlite.value_counts import ValueCounts

__all__ = ["apply_changes"]

FIXED = ("id", "key", "tie", "project", "session_id", "changed")
FIGURES = CHANGING.index("shown")
"""So many of CHANGING are figures, which give a session its place in a list."""
INSERT = f"insert into session ({', '.join(FIXED + CHANGING)}) values ({', '.join('?' * len(FIXED + CHANGING))})"  # noqa: S608


def apply_changes(writer: Writer, changes: Changes, small_max: int) -> None:
    """Bring sessions and projects up to date. The trace rows are written already."""
    connection = writer.connection
    inserts: list[tuple[Any, ...]] = []
    updates: dict[str, list[tuple[Any, ...]]] = {}
    counts = ValueCounts(writer)
    for pk, change in changes.sessions.items():
        row = connection.execute(READ, (pk,)).fetchone()
        if row is None and not change.added:
            continue  # deleted, its traces not yet erased
        figures = Figures(row) if row is not None else Figures.begin(change)
        _apply(connection, counts, pk, figures, change, small_max)
        if not figures.turn_count:
            connection.execute("delete from session where id = ?", (pk,))
            writer.sessions.pop(change.key, None)
            changes.count(change.project, 0, -1)
            counts.left.append((change.project, SESSION_ID, change.session_id))
        elif row is None:
            fixed = (pk, change.key, tie_of(change.key), change.project, change.session_id, changes.number)
            inserts.append((*fixed, *figures.to_row()))
            changes.count(change.project, 0, 1)
            counts.came.append((change.project, SESSION_ID, change.session_id))
        else:
            _update(updates, pk, row[3:], figures.to_row(), changes.number)
    for sql, rows in updates.items():
        connection.executemany(sql, rows)
    connection.executemany(INSERT, inserts)
    counts.flush()
    keep_values(writer, counts.came)
    drop_values(writer, counts.left)
    connection.executemany(
        """update project set sessions = sessions + ?, traces = traces + ?, spans = spans + ?,
        traces_without_session = traces_without_session + ?, changes = ? where id = ?""",
        [(*counts, changes.number, project) for project, counts in changes.projects.items()],
    )


def _update(
    updates: dict[str, list[tuple[Any, ...]]], pk: int, before: tuple[Any, ...], after: tuple[Any, ...], number: int
) -> None:
    """Write only the columns that changed: an index on the others is then not touched."""
    changed = [i for i, value in enumerate(after) if value != before[i]]
    if not changed:
        return
    names, values = [CHANGING[i] for i in changed], [after[i] for i in changed]
    if changed[0] < FIGURES:
        names.append("changed")
        values.append(number)
    sql = f"update session set {', '.join(f'{name} = ?' for name in names)} where id = ?"  # noqa: S608
    updates.setdefault(sql, []).append((*values, pk))


def _apply(  # noqa: PLR0917 - what one session's change needs
    connection: Database, counts: ValueCounts, pk: int, figures: Figures, change: SessionChange, small_max: int
) -> None:
    for view in change.removed:
        figures.count(view, -1)
    for view in change.added:
        figures.count(view, 1)
    counts.apply(pk, change, figures.shown, figures.state)
    if not figures.turn_count:
        return
    before = figures.state
    held = (before.first, before.first_input, before.last_output, before.metadata)
    added = [_small_turn(view) for view in change.added]
    if before.small is not None:
        turns = change_list(before.small, {view.pk for view in change.removed}, added)
        if len(turns) <= small_max:
            derive(figures, turns)
        else:
            large_session.enter(connection, pk, figures, turns)
    elif figures.turn_count <= small_max:
        large_session.leave(connection, pk, figures, added)
    else:
        removed = [(_small_turn(view), view.idle_before) for view in change.removed]
        large_session.change(connection, pk, figures, removed, added)
    _read_held(connection, figures, held, change)


def _small_turn(view: TraceView) -> SmallTurn:
    record = view.record
    said = said_bits(record, view.sides or SILENT)
    return SmallTurn(
        place_of(record.start_ns), view.trace_id, view.pk, record.end_ns, record.latency_ns, record.status, said
    )


def _read_held(
    connection: Database,
    figures: Figures,
    before: tuple[Holder | None, ...],
    change: SessionChange,
) -> None:
    """Fetch what is shown of a turn where another turn holds it now, or the same one changed."""
    came = {view.pk: view for view in change.added}
    state, shown = figures.state, figures.shown

    def moved(held: Holder | None, now: Holder | None) -> bool:
        return held != now or (now is not None and now[1] in came)

    if moved(before[0], state.first):
        shown.source = _record(connection, state.first, came).session_id_source or ""
    if moved(before[1], state.first_input):
        shown.first_input = _side(connection, state.first_input, came, 0)
    if moved(before[2], state.last_output):
        shown.last_output = _side(connection, state.last_output, came, 1)
    if moved(before[3], state.metadata):
        shown.metadata = None if state.metadata is None else _record(connection, state.metadata, came).metadata


def _record(connection: Database, holder: Holder | None, came: dict[int, TraceView]) -> TraceRecord:
    if holder is None:
        raise AssertionError("a session has a first turn")
    if holder[1] in came:
        return came[holder[1]].record
    return decode_record(connection.execute("select record from trace where id = ?", (holder[1],)).get)


def _side(connection: Database, holder: Holder | None, came: dict[int, TraceView], side: int) -> str | None:
    if holder is None:
        return None
    view = came.get(holder[1])
    sides = view.sides if view is not None and view.sides is not None else read_sides(connection, holder[1])
    return preview(sides[side])
