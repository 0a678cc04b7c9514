"""Deleting a session or everything of an end user: hidden at once, erased in bounded steps, never to return."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from threadline.store.contract import Deletion
from threadline.store.sqlite import segments
from threadline.store.sqlite.database import Database, quoted
from threadline.store.sqlite.erase import erase_traces
from threadline.store.sqlite.named_users import traces_naming
from threadline.store.sqlite.names import drop_values
from threadline.store.sqlite.session_row import SESSION_ID, USER
from threadline.store.sqlite.tombstones import Tombstones
from threadline.store.sqlite.trace_row import decode_record
from threadline.store.sqlite.transaction import Writer

__all__ = ["Deleter", "HideTraces", "read_deletion"]

HideTraces: TypeAlias = Callable[[tuple[int, str], Sequence[bytes], int], int]
"""(project with its name, trace ids, the row of a session that never was) -> how many spans they have."""

HIDDEN, ROWS_GONE, ERASED = 0, 1, 2
TRACES_AT_ONCE = 500
BLOCKS_AT_ONCE = 16
"""A block from which some spans are erased is unpacked and packed again: about 10 ms."""
MERGE_PAGES = 200


class Deleter:
    """One thread at a time."""

    def __init__(self, writer: Writer, tombstones: Tombstones, random_bytes: Callable[[int], bytes]) -> None:
        self._writer = writer
        self._tombstones = tombstones
        self._random_bytes = random_bytes
        self._merging: set[str] = set()
        """Text indexes that are on their way to being merged."""

    def delete_session(self, project: str, key: str, requested_ns: int) -> Deletion | None:
        """See the contract."""
        with self._writer.transaction() as connection:
            row = connection.execute(
                "select s.id from session s join project p on p.id = s.project where s.key = ? and p.name = ?",
                (key, project),
            ).fetchone()
            if row is None:
                return None
            deletion = self._begin(project, "session", [row[0]], requested_ns)
        self._writer.has_tombstones = True
        return deletion

    def delete_user(self, project: str, user_id: str, requested_ns: int, hide_others: HideTraces) -> Deletion:
        """See the contract. `hide_others` takes traces out of sessions that stay."""
        with self._writer.transaction() as connection:
            pk = self._writer.projects.get(project)
            rows = connection.execute(
                "select session from session_value where project = ? and kind = ? and value = ?", (pk, USER, user_id)
            ).fetchall()
            self._tombstones.bury_user(project, user_id)
            deletion = self._begin(project, "user", [row[0] for row in rows], requested_ns, (user_id, hide_others))
        self._writer.has_tombstones = True
        return deletion

    def step(self) -> bool:
        """Erase a little of what is hidden. False when nothing was left."""
        row = self._writer.connection.execute("select session, deletion from erasure limit 1").fetchone()
        if row is None:
            return self._merge_texts()
        with self._writer.transaction() as connection:
            if not self._erase_some(connection, row[0]):
                connection.execute("delete from erasure where session = ?", (row[0],))
                connection.execute(
                    """update deletion set state = ? where id = ? and state = ?
                    and not exists (select 1 from erasure where deletion = id)""",
                    (ROWS_GONE, row[1], HIDDEN),
                )
                self._writer.erasing.discard(row[0])
        return True

    def waits_for_wal(self) -> bool:
        """Whether a deletion's rows are gone from everywhere but the WAL."""
        sql = "select exists (select 1 from deletion where state = ?)"
        return bool(self._writer.connection.execute(sql, (ROWS_GONE,)).get)

    def finish(self) -> None:
        """The WAL was emptied: what was erased is in no file any more."""
        connection = self._writer.connection
        if self.waits_for_wal():
            with self._writer.transaction():
                connection.execute("update deletion set state = ? where state = ?", (ERASED, ROWS_GONE))

    # hiding

    def _begin(
        self,
        project: str,
        kind: str,
        sessions: Sequence[int],
        requested_ns: int,
        user: tuple[str, HideTraces] | None = None,
    ) -> Deletion:
        connection = self._writer.connection
        deletion_id = self._random_bytes(16).hex()
        traces = spans = 0
        for session in sessions:
            traces_of, spans_of = self._hide(connection, project, session, deletion_id)
            traces += traces_of
            spans += spans_of
        if user is not None:
            user_id, hide_others = user
            for traces_of, spans_of in (
                self._hide_alone(connection, project, user_id, deletion_id),
                self._hide_naming(connection, project, user_id, deletion_id, hide_others),
            ):
                traces += traces_of
                spans += spans_of
        state = HIDDEN if traces else ERASED
        connection.execute(
            """insert into deletion (id, project, kind, sessions, traces, spans, requested, state)
            values (?,?,?,?,?,?,?,?)""",
            (deletion_id, project, kind, len(sessions), traces, spans, requested_ns, state),
        )
        return Deletion(deletion_id, project, kind, len(sessions), traces, spans, requested_ns, erased=state == ERASED)

    def _hide(self, connection: Database, project: str, session: int, deletion_id: str) -> tuple[int, int]:
        """A session's row goes; its traces, hidden by that, wait. Answers traces and spans."""
        key, pk, session_id, traces, spans = connection.execute(
            "select key, project, session_id, turn_count, span_count from session where id = ?", (session,)
        ).fetchone()
        filed = connection.execute("select record from trace where filed_under = ?", (key,)).fetchall()
        connection.execute("update trace set session = ?, filed_under = null where filed_under = ?", (session, key))
        connection.execute("delete from session where id = ?", (session,))
        values = connection.execute(
            "delete from session_value where session = ? returning project, kind, value", (session,)
        ).fetchall()
        drop_values(self._writer, [*values, (pk, SESSION_ID, session_id)])
        connection.execute("delete from seen where session_key = ?", (key,))
        connection.execute("delete from annotation where project = ? and session_id = ?", (project, session_id))
        traces += len(filed)
        spans += sum(decode_record(row[0]).span_count for row in filed)
        self._count(connection, project, 1, traces, spans, 0)
        self._wait(connection, session, deletion_id)
        self._writer.sessions.pop(key, None)
        return traces, spans

    def _hide_alone(self, connection: Database, project: str, user_id: str, deletion_id: str) -> tuple[int, int]:
        """Traces outside sessions that name the end user, under a session row that never was."""
        pk = self._writer.projects.get(project)
        rows = connection.execute(
            "select id, record from trace where project = ? and user_id = ? and session is null", (pk, user_id)
        ).fetchall()
        if not rows:
            return 0, 0
        records = [decode_record(row[1]) for row in rows]
        session = self._writer.number("session")
        connection.executemany(
            "update trace set session = ?, filed_under = null, user_id = null where id = ?",
            [(session, row[0]) for row in rows],
        )
        spans = sum(record.span_count for record in records)
        self._count(connection, project, 0, len(rows), spans, sum(record.session_id is None for record in records))
        self._wait(connection, session, deletion_id)
        return len(rows), spans

    def _hide_naming(
        self, connection: Database, project: str, user_id: str, deletion_id: str, hide_others: HideTraces
    ) -> tuple[int, int]:
        """Traces of which a span names the end user, though they are another's: their sessions stay without them."""
        pk = self._writer.projects.get(project)
        traces = traces_naming(connection, pk, user_id)
        if pk is None or not traces:
            return 0, 0
        session = self._writer.number("session")
        spans = hide_others((pk, project), traces, session)
        self._wait(connection, session, deletion_id)
        return len(traces), spans

    def _wait(self, connection: Database, session: int, deletion_id: str) -> None:
        connection.execute("insert into erasure (session, deletion) values (?, ?)", (session, deletion_id))
        self._writer.erasing.add(session)

    @staticmethod
    def _count(  # noqa: PLR0917 - the columns
        connection: Database, project: str, sessions: int, traces: int, spans: int, without_session: int
    ) -> None:
        connection.execute(
            """update project set sessions = sessions - ?, traces = traces - ?, spans = spans - ?,
            traces_without_session = traces_without_session - ? where name = ?""",
            (sessions, traces, spans, without_session, project),
        )

    # erasing

    def _erase_some(self, connection: Database, session: int) -> bool:
        """Erase some traces of a hidden session. False when there is none."""
        rows = connection.execute(
            """select t.id, t.project, t.trace_id, p.name from trace t join project p on p.id = t.project
            where t.session = ? limit ?""",
            (session, TRACES_AT_ONCE),
        ).fetchall()
        if not rows:
            return False
        chosen: list[int] = []
        blocks: set[int] = set()
        for pk, _, trace_id, name in rows:
            chosen.append(pk)
            self._tombstones.bury_traces([(name, trace_id)])
            connection.execute("delete from annotation where project = ? and trace_id = ?", (name, trace_id))
            for segment in segments.read(connection, pk):
                blocks |= {entry.block for entry in segment.entries} | {past[0] for past in segment.past}
            if len(blocks) >= BLOCKS_AT_ONCE:
                break
        erase_traces(self._writer, rows[0][1], chosen)
        return True

    def _merge_texts(self) -> bool:
        """Rewrite text indexes from which something was deleted, so that they hold nothing of it."""
        connection = self._writer.connection
        row = connection.execute("select name, value from meta where name glob 'merge:*' limit 1").fetchone()
        if row is None:
            return False
        index = row[1]
        name = quoted(index)
        with self._writer.transaction():
            before = connection.total_changes()
            pages = MERGE_PAGES if index in self._merging else -MERGE_PAGES
            connection.execute(f"insert into {name} ({name}, rank) values ('merge', ?)", (pages,))  # noqa: S608
            done = connection.total_changes() - before < 2 and index in self._merging
            self._merging.add(index)
            if done:
                connection.execute("delete from meta where name = ?", (row[0],))
                self._merging.discard(index)
        return True


def read_deletion(connection: Database, deletion_id: str) -> Deletion | None:
    """How a deletion stands."""
    row = connection.execute(
        "select id, project, kind, sessions, traces, spans, requested, state from deletion where id = ?", (deletion_id,)
    ).fetchone()
    if row is None:
        return None
    id_, project, kind, sessions, traces, spans, requested_ns, state = row
    return Deletion(id_, project, kind, sessions, traces, spans, requested_ns, state == ERASED)
