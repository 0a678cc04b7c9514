"""Settling: spans of idle sessions are filed anew, so that the history each turn resends is stored once.

A commit packs what arrives at the same moment: many sessions, each a little. A settled block holds whole
sessions instead; the history that each of their LLM calls repeats lies within one window of the compressor.
Reading and compressing happen outside the transaction; a trace that changed meanwhile stays where it was.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

import zstandard

from threadline.otlp.export import join
from threadline.otlp.wire import RawSpan
from threadline.store.sqlite import segments
from threadline.store.sqlite.blocks import Address, Packed, pack, raw_spans, release
from threadline.store.sqlite.connection import Readers
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.segments import Entry, Merged, Segment
from threadline.store.sqlite.transaction import Writer

__all__ = ["Settler"]

BLOCK_BYTES = 2**20
"""A settled block is filled with sessions up to about this many raw bytes ..."""
SESSION_BYTES = 4 * 2**20
"""... and one session's part of it ends here: the compressor's window."""
PART_BYTES = 2**20
JOB_BYTES = 16 * 2**20
"""Raw bytes of the sessions that are settled together, held in memory meanwhile."""
BLOCKS_AT_ONCE = 8
"""Blocks unpacked in one step: about 20 ms."""
SESSIONS_AT_ONCE = 256

LEVEL = zstandard.ZstdCompressionParameters.from_level(9, window_log=23, enable_ldm=True)


class _Trace:
    """A trace on its way, as it was when read."""

    __slots__ = ("entries", "merged", "pk", "version", "whole")

    def __init__(self, pk: int, version: int, merged: Merged) -> None:
        self.pk = pk
        self.version = version
        self.merged = merged
        self.entries: list[Entry] = []
        """Those that move."""
        self.whole = True
        """Nothing of it is left behind."""


class _Job:
    """Sessions that are settled together, over several steps."""

    __slots__ = ("groups", "raws", "wanted")

    def __init__(self) -> None:
        self.groups: list[list[_Trace]] = []
        """Each becomes one block."""
        self.wanted: dict[int, list[Entry]] = {}
        """By block: what is still to be read."""
        self.raws: dict[Address, RawSpan] = {}


class Settler:
    """Finds idle sessions and moves their spans. One thread at a time."""

    def __init__(self, writer: Writer, readers: Readers, settle_after_s: float, clock: Callable[[], float]) -> None:
        self._writer = writer
        self._readers = readers
        self._after_s = settle_after_s
        self._clock = clock
        self._touched: OrderedDict[int, float] = OrderedDict()
        """Sessions that changed since the start, longest ago first. Everything else counts as idle."""
        self._marks: list[tuple[float, int]] = [(clock(), 0)]
        """(when, how far trace rows had come): tells how old a trace without a session is."""
        self._backlog = -1
        """Sessions from the time before the start are searched from here on; None when done."""
        self._job: _Job | None = None
        self._zstd = zstandard.ZstdCompressor(compression_params=LEVEL)

    def touch(self, sessions: Sequence[int], last_trace: int) -> None:
        """These sessions changed just now."""
        now = self._clock()
        for pk in sessions:
            self._touched[pk] = now
            self._touched.move_to_end(pk)
        if now - self._marks[-1][0] >= 1.0:
            self._marks.append((now, last_trace))

    def step(self, *, all_idle: bool) -> bool:
        """Begin a job, read some of its blocks, or write one settled block. False when nothing is left to settle."""
        job = self._job
        if job is None:
            self._job = self._begin(all_idle=all_idle)
            return self._job is not None
        if job.wanted:
            with self._readers.snapshot() as connection:
                for _ in range(min(BLOCKS_AT_ONCE, len(job.wanted))):
                    block, entries = job.wanted.popitem()
                    job.raws.update(_read_block(connection, block, entries))
            return True
        self._write(job.groups.pop(), job.raws)
        if not job.groups:
            self._job = None
        return True

    def _begin(self, *, all_idle: bool) -> _Job | None:
        """Choose idle sessions. Those that go idle together lie in the same blocks, which are then read once."""
        job = _Job()
        group: list[_Trace] = []
        size = group_size = 0
        with self._readers.snapshot() as connection:
            for session, rows in self._idle(connection, all_idle=all_idle):
                traces, added = _read_traces(connection, rows)
                if session is not None and added >= SESSION_BYTES:
                    self._touched[session] = float("-inf")  # the rest of it comes next
                    self._touched.move_to_end(session, last=False)
                group.extend(traces)
                size += added
                group_size += added
                if group_size >= BLOCK_BYTES:
                    job.groups.append(group)
                    group, group_size = [], 0
                if size >= JOB_BYTES:
                    break
        if group:
            job.groups.append(group)
        for each in job.groups:
            for trace in each:
                for entry in trace.entries:
                    job.wanted.setdefault(entry.block, []).append(entry)
        return job if job.groups else None

    # which

    def _idle(self, connection: Database, *, all_idle: bool) -> Iterator[tuple[int | None, list[tuple[int, int]]]]:
        """Unsettled traces (row, version), of one session at a time."""
        unsettled = "select id, version from trace where settled = 0 and pending = 0 and "
        if all_idle:
            self._touched.clear()
            self._backlog = min(self._backlog, -1)
        before = self._clock() - self._after_s
        while self._touched and next(iter(self._touched.values())) <= before:
            session, _ = self._touched.popitem(last=False)
            rows = connection.execute(f"{unsettled} session = ? order by place, trace_id", (session,)).fetchall()
            yield session, rows
        sessions = connection.execute(
            """select distinct session from trace where settled = 0 and pending = 0 and session > ?
            order by session limit ?""",
            (self._backlog, SESSIONS_AT_ONCE),
        ).fetchall()
        for (session,) in sessions:
            self._backlog = session
            if session not in self._touched:
                rows = connection.execute(f"{unsettled} session = ? order by place, trace_id", (session,)).fetchall()
                yield session, rows
        newest = self._old_enough(before, all_idle=all_idle)
        rows = connection.execute(
            f"{unsettled} session is null and id <= ? order by id limit ?", (newest, SESSIONS_AT_ONCE)
        ).fetchall()
        yield None, rows

    def _old_enough(self, before: float, *, all_idle: bool) -> int:
        """Trace rows up to here were made long enough ago."""
        if all_idle:
            return 2**62
        while len(self._marks) > 1 and self._marks[1][0] <= before:
            self._marks.pop(0)
        return self._marks[0][1] if self._marks[0][0] <= before else 0

    # writing

    def _write(self, group: Sequence[_Trace], raws: dict[Address, RawSpan]) -> None:
        traces = [trace for trace in group if all(entry.address in raws for entry in trace.entries)]
        packed, places = self._pack(traces, raws)
        with self._writer.transaction() as connection:
            block = self._writer.number("block")
            released: dict[int, int] = {}
            moved: list[_Trace] = []
            for trace in traces:
                now = connection.execute(
                    "select version from trace where id = ? and settled = 0 and pending = 0", (trace.pk,)
                ).get
                if now != trace.version:
                    continue  # it changed meanwhile and will be idle again
                moved.append(trace)
                for entry in (*trace.entries, *trace.merged.beaten):
                    released[entry.block] = released.get(entry.block, 0) + 1
            held = sum(len(trace.entries) for trace in moved)
            if held:
                connection.execute("insert into block (id, held, settled) values (?, ?, 1)", (block, held))
                connection.execute("insert into block_body (block, sizes, body) values (?, ?, ?)", (block, *packed))
            release(connection, released)
            for trace in moved:
                _rewrite(connection, trace, block, places)

    def _pack(
        self, traces: Sequence[_Trace], raws: dict[Address, RawSpan]
    ) -> tuple[Packed, dict[Address, tuple[int, int]]]:
        """One block, and the (part, ordinal) of each span in it."""
        parts: list[bytes] = []
        places: dict[Address, tuple[int, int]] = {}
        run: list[RawSpan] = []
        size = 0
        for entry in _sorted(traces, raws):
            raw = raws[entry.address]
            places[entry.address] = (len(parts), len(run))
            run.append(raw)
            size += len(raw.span)
            if size >= PART_BYTES:
                parts.append(join(run))
                run, size = [], 0
        if run:
            parts.append(join(run))
        return pack(parts, self._zstd), places


def _read_traces(connection: Database, rows: Sequence[tuple[int, int]]) -> tuple[list[_Trace], int]:
    """The traces with what moves of them, up to SESSION_BYTES."""

    def raw(entry: Entry) -> Callable[[], bytes]:
        return lambda: next(found for _, found in raw_spans(connection, [entry.address])).span

    found: list[_Trace] = []
    size = 0
    for pk, version in rows:
        trace = _Trace(pk, version, segments.merge(segments.read(connection, pk), raw))
        settled = _settled(connection, {entry.block for entry in trace.merged.spans.values()})
        for entry in trace.merged.spans.values():
            if entry.block in settled:
                continue
            if size >= SESSION_BYTES:
                trace.whole = False
                break
            trace.entries.append(entry)
            size += entry.facts.size
        found.append(trace)
        if size >= SESSION_BYTES:
            break
    return found, size


def _read_block(connection: Database, block: int, entries: Sequence[Entry]) -> dict[Address, RawSpan]:
    """Spans of one block; nothing when a deletion took the block meanwhile."""
    if connection.execute("select 1 from block where id = ?", (block,)).get is None:
        return {}
    return dict(raw_spans(connection, [entry.address for entry in entries]))


def _rewrite(connection: Database, trace: _Trace, block: int, places: dict[Address, tuple[int, int]]) -> None:
    """The trace's facts with the new addresses. Where old copies stay behind is remembered."""
    moving = {entry.address for entry in trace.entries}
    entries = []
    for entry in trace.merged.spans.values():
        if entry.address in moving:
            entries.append(Entry(block, *places[entry.address], entry.facts))
        else:
            entries.append(entry)
    past = {*trace.merged.past, *moving, *(entry.address for entry in trace.merged.beaten)}
    left = _existing(connection, {address[0] for address in past})
    connection.execute("delete from segment where trace = ?", (trace.pk,))
    connection.execute(
        "insert into segment (trace, number, facts) values (?, 0, ?)",
        (trace.pk, segments.to_blob(Segment(entries, sorted(each for each in past if each[0] in left)))),
    )
    connection.execute(
        "update trace set segments = 1, version = version + 1, settled = ? where id = ?", (int(trace.whole), trace.pk)
    )


def _sorted(batch: Sequence[_Trace], raws: dict[Address, RawSpan]) -> Iterator[Entry]:
    """Each session's spans, like beside like: one kind of call turn after turn."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for trace in batch:
        for entry in sorted(trace.entries, key=lambda entry: (entry.facts.start_ns, entry.facts.span_id)):
            raw = raws[entry.address]
            groups.setdefault((*raw[:4], entry.facts.name), []).append(entry)
    for group in groups.values():
        yield from group


def _settled(connection: Database, blocks: set[int]) -> set[int]:
    return {block for block in blocks if connection.execute("select settled from block where id = ?", (block,)).get}


def _existing(connection: Database, blocks: set[int]) -> set[int]:
    return {
        block for block in blocks if connection.execute("select 1 from block where id = ?", (block,)).get is not None
    }
