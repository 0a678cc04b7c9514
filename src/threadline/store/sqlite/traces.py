"""One commit's traces: facts are merged, folded and written; what that means for totals is collected."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
import zstandard

from threadline.conventions import read_content, read_texts
from threadline.model.facts import SpanTexts
from threadline.model.trace import TraceRecord
from threadline.otlp.spans import parse_span
from threadline.otlp.wire import RawSpan, read_request
from threadline.sessions.fold import fold
from threadline.sessions.totals import session_key as uncached_session_key
from threadline.store.contract import STORED
from threadline.store.sqlite import segments
from threadline.store.sqlite.blocks import Packed, raw_spans, release
from threadline.store.sqlite.erase import erase_traces
from threadline.store.sqlite.named_users import NamedUsers
from threadline.store.sqlite.segments import Entry, Merged, Segment
from threadline.store.sqlite.span_rows import SpanRows, erase_span_rows
from threadline.store.sqlite.texts import PLAIN, SILENT, Sides, read_sides, to_text
from threadline.store.sqlite.trace_row import decode_record, encode_record, place_of
from threadline.store.sqlite.transaction import Changes, SessionChange, TraceView, Writer

__all__ = ["Touched", "TraceFolder"]

session_key = lru_cache(maxsize=4_096)(uncached_session_key)
SEGMENTS_MAX = 8
"""So many segments of a trace are merged into one."""

ROW = """select id, session, filed_under, idle_before, arrived, pending, segments, record, project, trace_id, classes
from trace where """
INSERT = """
insert into trace (session, filed_under, place, end, latency, status, tokens, cost, user_id, arrived, segments, record,
  classes, changed, id, project, trace_id, pending) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0)"""
UPDATE = """
update trace set session=?, filed_under=?, place=?, end=?, latency=?, status=?, tokens=?, cost=?, user_id=?, arrived=?,
  segments=?, record=?, classes=?, changed=max(changed, ?), version=version+1, pending=0, settled=0, said=null,
  idle_before=null
where id=?"""


class Touched:
    """What a commit brings to one trace."""

    __slots__ = ("entries", "keys", "texts")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.texts: list[SpanTexts | None] = []
        self.keys: set[str] = set()
        """Keys of the sessions that changed."""


class _Place(NamedTuple):
    """The project that a trace is in."""

    project: int
    name: str


class _Old:
    """A trace row as it stands."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        """`row` has the columns of ROW."""
        self.pk: int = row[0]
        self.session: int | None = row[1]
        self.filed_under: str | None = row[2]
        self.idle_before: int | None = row[3]
        self.arrived: int = row[4]
        self.pending = bool(row[5])
        self.segments: int = row[6]
        self.record = decode_record(row[7])
        self.project: int = row[8]
        self.trace_id: bytes = row[9]
        self.classes: bytes | None = row[10]
        """None: folded by the first schema."""

    def leaving(self) -> TraceView:
        """As its session counts it."""
        first = self.classes is None
        return TraceView(self.pk, self.trace_id, self.idle_before, self.record, None, of_first_schema=first)


class TraceFolder:
    """Folds the traces of one transaction."""

    def __init__(
        self,
        writer: Writer,
        changes: Changes,
        parts: Mapping[int, Sequence[bytes]],
        fold_at_once_max: int,
    ) -> None:
        """`parts` are the blocks that this commit brings, not yet in the database."""
        self._writer = writer
        self._connection = writer.connection
        self._changes = changes
        self._parts = parts
        self._at_once = fold_at_once_max
        self._zstd = zstandard.ZstdCompressor(level=1)
        self.held: dict[int, int] = {}
        """By block of this commit: spans that traces refer to."""
        self.released: dict[int, int] = {}
        """By earlier block: spans that are no longer referred to."""
        self.pending: dict[int, bool] = {}
        """By trace row: whether its fold is now put off."""
        self._inserts: list[tuple[object, ...]] = []
        self._updates: list[tuple[object, ...]] = []
        self._segments: list[tuple[int, int, bytes]] = []
        self._texts: list[tuple[object, ...]] = []
        self._unindexed: list[tuple[int, int, int]] = []
        self._span_rows = SpanRows(writer)
        self._users = NamedUsers(writer.connection)

    def touch(self, project: int, project_name: str, trace_id: bytes, touched: Touched) -> None:
        """Bring what arrived into its trace. Once per trace and transaction."""
        row = self._connection.execute(f"{ROW} project = ? and trace_id = ?", (project, trace_id)).fetchone()
        if row is None:
            self._write_new(_Place(project, project_name), trace_id, touched)
            return
        old = _Old(row)
        total = old.arrived + len(touched.entries)
        if total > self._at_once and total < old.record.span_count * 1.5:
            self._append_only(old, total, touched)
            return
        merged = self._merged(old)
        changed, again = segments.add(merged, touched.entries, self._raw)
        fresh = _without(touched.entries, again)
        self._hold(fresh)
        if old.segments >= SEGMENTS_MAX or len(merged.spans) > self._at_once or old.classes is None:
            count = self._write_merged(old.pk, merged, again)
        else:
            self._write_segment(old.pk, old.segments, Segment(fresh, [entry.address for entry in again]))
            count = old.segments + 1
        if changed or old.pending or old.classes is None:
            self._refold(_Place(project, project_name), old, merged, touched, count)
        else:
            self._connection.execute(
                "update trace set segments = ?, version = version + 1, settled = 0 where id = ?", (count, old.pk)
            )

    def fold_pending(self, pk: int) -> None:
        """Fold a trace whose fold was put off, or that the first schema folded."""
        row = self._connection.execute(f"{ROW} id = ?", (pk,)).fetchone()
        if row is None or row[1] in self._writer.erasing:
            return
        old = _Old(row)
        name = self._connection.execute("select name from project where id = ?", (old.project,)).get
        merged = self._merged(old)
        count = self._write_merged(pk, merged, [])
        self._refold(_Place(old.project, name), old, merged, Touched(), count)

    def remove(self, project: int, project_name: str, trace_id: bytes, touched: Touched) -> None:
        """Take a trace out, if it is stored, as if it had never come. Its bytes are erased."""
        row = self._connection.execute(f"{ROW} project = ? and trace_id = ?", (project, trace_id)).fetchone()
        if row is None:
            return
        old = _Old(row)
        self._leave(_Place(project, project_name), old, touched)
        erase_traces(self._writer, project, [old.pk])

    def hide(self, place: tuple[int, str], trace_id: bytes, session: int) -> int:
        """Take a trace out of its session and into one that never was, to be erased. Answers its spans."""
        row = self._connection.execute(f"{ROW} project = ? and trace_id = ?", (place[0], trace_id)).fetchone()
        old = _Old(row)
        self._leave(_Place(*place), old, Touched())
        erase_span_rows(self._writer, [old.pk])
        self._connection.execute(
            "update trace set session = ?, filed_under = null, user_id = null where id = ?", (session, old.pk)
        )
        return old.record.span_count

    def _leave(self, place: _Place, old: _Old, touched: Touched) -> None:
        """Its session and its project count it no more."""
        if old.session is not None:
            self._change(place, old.session, old.record, touched).removed.append(old.leaving())
        self.pending[old.pk] = False
        count = self._changes.count
        count(place.project, 1, -1)
        count(place.project, 2, -old.record.span_count)
        count(place.project, 3, -(old.record.session_id is None))

    def flush(self) -> None:
        """Write the rows collected, before sessions look at them."""
        many = self._connection.executemany
        many(INSERT, self._inserts)
        many(UPDATE, self._updates)
        many("insert or replace into segment (trace, number, facts) values (?, ?, ?)", self._segments)
        many(
            "insert or replace into turn_text (trace, input, output, input_mime, output_mime) values (?,?,?,?,?)",
            self._texts,
        )
        many(
            "insert into unindexed (project, trace, replaces) values (?, ?, ?) on conflict do nothing", self._unindexed
        )
        self._span_rows.flush()
        self._users.flush()
        for rows in (self._inserts, self._updates, self._segments, self._texts, self._unindexed):
            rows.clear()

    def write_blocks(self, packed: Mapping[int, Packed]) -> None:
        """Write the blocks that traces refer to, and let go what they no longer do."""
        kept = [block for block in packed if self.held.get(block, 0) > 0]
        many = self._connection.executemany
        many("insert into block (id, held, settled) values (?, ?, 0)", [(block, self.held[block]) for block in kept])
        many(
            "insert into block_body (block, sizes, body) values (?, ?, ?)", [(block, *packed[block]) for block in kept]
        )
        release(self._connection, self.released)

    # rows

    def _write_new(self, place: _Place, trace_id: bytes, touched: Touched) -> None:
        merged = Merged({}, [], [])
        _, again = segments.add(merged, touched.entries, self._raw)
        entries = _without(touched.entries, again)
        self._hold(entries)
        pk = self._writer.number("trace")
        self._write_segment(pk, 0, Segment(entries, [entry.address for entry in again]))
        record = fold({span_id: entry.facts for span_id, entry in merged.spans.items()})
        sides = self._sides(record, merged, touched, None)
        session = self._join(place, TraceView(pk, trace_id, None, record, sides), touched)
        columns = _columns(place, record, session, len(touched.entries), 1)
        facts = [entry.facts for entry in merged.spans.values()]
        classes = self._span_rows.put(pk, facts, place.project, session, None)
        self._users.put(place.project, pk, facts, record.user_id, is_new=True)
        self._inserts.append((*columns, classes, self._changes.number, pk, place.project, trace_id))
        self._write_texts(place.project, pk, sides, None)
        count = self._changes.count
        count(place.project, 1, 1)
        count(place.project, 2, record.span_count)
        if record.session_id is None:
            count(place.project, 3, 1)

    def _refold(self, place: _Place, old: _Old, merged: Merged, touched: Touched, segment_count: int) -> None:
        record = fold({span_id: entry.facts for span_id, entry in merged.spans.items()})
        stored = read_sides(self._connection, old.pk)
        sides = self._sides(record, merged, touched, None if old.pending else (old.record, stored))
        self._write_texts(place.project, old.pk, sides, stored)
        if old.session is not None:
            self._change(place, old.session, old.record, touched).removed.append(old.leaving())
        session = self._join(place, TraceView(old.pk, old.trace_id, None, record, sides), touched)
        columns = _columns(place, record, session, record.span_count, segment_count)
        facts = [entry.facts for entry in merged.spans.values()]
        classes = self._span_rows.put(old.pk, facts, place.project, session, old.classes)
        self._users.put(place.project, old.pk, facts, record.user_id, is_new=False)
        moved = self._changes.number if record.start_ns != old.record.start_ns else 0
        self._updates.append((*columns, classes, moved, old.pk))
        self.pending[old.pk] = False
        count = self._changes.count
        count(place.project, 2, record.span_count - old.record.span_count)
        count(place.project, 3, (record.session_id is None) - (old.record.session_id is None))

    def _join(self, place: _Place, view: TraceView, touched: Touched) -> int | None:
        """The session that the trace is now a turn of."""
        if view.record.session_id is None or not view.record.is_turn:
            return None
        key = session_key(place.name, view.record.session_id)
        pk = self._writer.session(key)
        if pk is None:
            pk = self._writer.number("session")
            self._writer.remember_session(key, pk)
        self._change(place, pk, view.record, touched).added.append(view)
        return pk

    def _change(self, place: _Place, pk: int, record: TraceRecord, touched: Touched) -> SessionChange:
        change = self._changes.sessions.get(pk)
        if change is None:
            session_id = record.session_id or ""
            change = SessionChange(place.project, session_key(place.name, session_id), session_id)
            self._changes.sessions[pk] = change
        touched.keys.add(change.key)
        return change

    # segments

    def _merged(self, old: _Old) -> Merged:
        """What is stored of it. The first schema's facts lack content, which is read from the spans."""
        merged = segments.merge(segments.read(self._connection, old.pk), self._raw)
        if old.classes is None:
            addresses = {entry.address: span_id for span_id, entry in merged.spans.items()}
            for address, raw in raw_spans(self._connection, addresses):
                content = read_content(parse_span(raw, STORED))
                if content:
                    entry = merged.spans[addresses[address]]
                    facts = msgspec.structs.replace(entry.facts, content=content)
                    merged.spans[addresses[address]] = msgspec.structs.replace(entry, facts=facts)
        return merged

    def _append_only(self, old: _Old, total: int, touched: Touched) -> None:
        self._write_segment(old.pk, old.segments, Segment(touched.entries))
        self._hold(touched.entries)
        self._connection.execute(
            "update trace set arrived = ?, segments = ?, version = version + 1, pending = 1, settled = 0 where id = ?",
            (total, old.segments + 1, old.pk),
        )
        self.pending[old.pk] = True
        if old.session is not None:
            key = self._connection.execute("select key from session where id = ?", (old.session,)).get
            if key is not None:
                touched.keys.add(key)

    def _hold(self, entries: list[Entry]) -> None:
        for entry in entries:
            self.held[entry.block] = self.held.get(entry.block, 0) + 1

    def _write_segment(self, pk: int, number: int, segment: Segment) -> None:
        self._segments.append((pk, number, segments.to_blob(segment)))

    def _write_merged(self, pk: int, merged: Merged, again: list[Entry]) -> int:
        """One segment of all; what was beaten is let go and only remembered."""
        for entry in merged.beaten:
            if entry.block in self._parts:
                self.held[entry.block] = self.held.get(entry.block, 0) - 1
            else:
                self.released[entry.block] = self.released.get(entry.block, 0) + 1
        past = [*merged.past, *(e.address for e in merged.beaten), *(e.address for e in again)]
        self._connection.execute("delete from segment where trace = ?", (pk,))
        self._write_segment(pk, 0, Segment(list(merged.spans.values()), past))
        return 1

    def _raw(self, entry: Entry) -> Callable[[], bytes]:
        return lambda: self._span(entry).span

    def _span(self, entry: Entry) -> RawSpan:
        parts = self._parts.get(entry.block)
        if parts is not None:
            return read_request(parts[entry.part], STORED)[entry.ordinal]
        return next(raw for _, raw in raw_spans(self._connection, [entry.address]))

    # texts

    def _sides(
        self, record: TraceRecord, merged: Merged, touched: Touched, old: tuple[TraceRecord, Sides] | None
    ) -> Sides:
        input_, input_mime = self._side(record.input_span_id, merged, touched, old, 0)
        output, output_mime = self._side(record.output_span_id, merged, touched, old, 1)
        return Sides(input_, output, input_mime, output_mime)

    def _side(
        self,
        span_id: bytes | None,
        merged: Merged,
        touched: Touched,
        old: tuple[TraceRecord, Sides] | None,
        side: int,
    ) -> tuple[str | None, str]:
        if span_id is None:
            return None, PLAIN
        entry = merged.spans[span_id]
        for arrived, texts in zip(touched.entries, touched.texts, strict=True):
            if arrived is entry:
                return _side_of(texts, side)
        if old is not None and span_id == (old[0].output_span_id if side else old[0].input_span_id):
            return (old[1].output, old[1].output_mime) if side else (old[1].input, old[1].input_mime)
        return _side_of(read_texts(parse_span(self._span(entry), STORED), self._writer.limits), side)

    def _write_texts(self, project: int, pk: int, sides: Sides, stored: Sides | None) -> None:
        if sides == (stored or SILENT):
            return
        mimes = [None if mime == PLAIN else mime for mime in sides[2:]]
        self._texts.append((pk, to_text(sides.input, self._zstd), to_text(sides.output, self._zstd), *mimes))
        held = stored is not None and (stored.input is not None or stored.output is not None)
        if held or sides.input is not None or sides.output is not None:
            self._unindexed.append((project, pk, int(held)))


def _columns(
    place: _Place, record: TraceRecord, session: int | None, arrived: int, segment_count: int
) -> tuple[object, ...]:
    """What INSERT and UPDATE begin with."""
    filed = record.session_id is not None and session is None
    return (
        session,
        session_key(place.name, record.session_id or "") if filed else None,
        place_of(record.start_ns),
        record.end_ns,
        record.latency_ns,
        record.status,
        record.total_tokens,
        record.cost_nano,
        record.user_id if session is None else None,
        arrived,
        segment_count,
        encode_record(record),
    )


def _side_of(texts: SpanTexts | None, side: int) -> tuple[str | None, str]:
    if texts is None:
        return None, PLAIN
    return (texts.output, texts.output_mime_type) if side else (texts.input, texts.input_mime_type)


def _without(entries: list[Entry], again: list[Entry]) -> list[Entry]:
    if not again:
        return entries
    gone = set(map(id, again))
    return [entry for entry in entries if id(entry) not in gone]
