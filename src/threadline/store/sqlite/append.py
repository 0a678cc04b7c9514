"""The group commit: many requests, one transaction, one fsync."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import apsw
import zstandard

from threadline.errors import StoreFailed, ThreadlineError
from threadline.store.contract import AppendResult, Arrival
from threadline.store.sqlite.blocks import BLOCK_BYTES, Packed, pack
from threadline.store.sqlite.segments import Entry
from threadline.store.sqlite.tombstones import Tombstones, TraceKey, doomed_traces, without
from threadline.store.sqlite.totals import apply_changes
from threadline.store.sqlite.traces import Touched, TraceFolder
from threadline.store.sqlite.transaction import Changes, Writer

__all__ = ["Appender"]

ZSTD = zstandard.ZstdCompressionParameters.from_level(1, hash_log=16, window_log=20)
"""Level 1, but it sees the whole block: a ninth smaller for 0.6 us a span, as history resent lies far apart."""
REFOLDED_AT_ONCE = 100
"""Traces of the first schema folded anew in one step, fewer of large ones: about 50 ms."""
REFOLDED_SPANS = 1_000


class Appender:
    """Keeps arrivals. One thread at a time."""

    def __init__(
        self,
        writer: Writer,
        tombstones: Tombstones,
        on_touched: Callable[[Sequence[int], int], None],
        *,
        fold_at_once_max: int,
        small_session_max: int,
    ) -> None:
        """`on_touched` hears after each commit which session rows changed, and the last trace row."""
        self._writer = writer
        self._tombstones = tombstones
        self._on_touched = on_touched
        self._at_once = fold_at_once_max
        self._small_max = small_session_max
        self._zstd = zstandard.ZstdCompressor(compression_params=ZSTD)
        self._packer = ThreadPoolExecutor(1, thread_name_prefix="threadline-pack")
        # zstd lets go of the interpreter: blocks are compressed while traces are folded
        self.pending: set[int] = set()
        """Trace rows whose fold was put off."""
        self._refold_after: int | None = None
        """Traces of the first schema are folded anew from this row on; None: there are none."""
        writer.on_forget.append(self._read_pending)
        self._read_pending()

    def close(self) -> None:
        """End the thread that compresses."""
        self._packer.shutdown()

    def append(self, arrivals: Sequence[Arrival]) -> list[AppendResult | ThreadlineError]:
        """As the contract says: together, and where that fails one by one."""
        if not arrivals:
            return []
        try:
            return list(self._commit(arrivals))
        except Exception as error:  # noqa: BLE001 - one culprit must not take its neighbours with it
            if len(arrivals) == 1:
                return [_failure(error)]
        answers: list[AppendResult | ThreadlineError] = []
        for arrival in arrivals:
            answers.extend(self.append([arrival]))
        return answers

    def fold_pending(self) -> int:
        """Fold what was put off, each trace in its own transaction."""
        waiting = sorted(self.pending)
        for pk in waiting:
            self.fold(pk)
        return len(waiting)

    def refold_some(self) -> int:
        """Fold anew some traces that the first schema folded; 0 when none are left."""
        if self._refold_after is None:
            return 0
        done = self._refold_after
        with self._writer.transaction() as connection:
            rows = connection.execute(
                "select id, arrived, classes is null from trace where id > ? order by id limit ?",
                (done, REFOLDED_AT_ONCE),
            ).fetchall()
            changes = Changes(self._writer.number("change"))
            folder = TraceFolder(self._writer, changes, {}, self._at_once)
            spans = 0
            for pk, arrived, is_old in rows:
                if is_old:
                    folder.fold_pending(pk)
                    spans += arrived
                done = pk
                if spans >= REFOLDED_SPANS:
                    break
            self._finish(folder, changes)
            if rows:
                connection.execute("update meta set value = ? where name = 'refold_after'", (done,))
            else:
                connection.execute("delete from meta where name = 'refold_after'")
        self._remember(folder, changes)
        self._refold_after = done if rows else None
        return len(rows)

    def hide(self, project: tuple[int, str], trace_ids: Sequence[bytes], session: int) -> int:
        """Take traces out of their sessions, in the caller's transaction; how many spans they have."""
        changes = Changes(self._writer.number("change"))
        folder = TraceFolder(self._writer, changes, {}, self._at_once)
        spans = sum(folder.hide(project, trace_id, session) for trace_id in trace_ids)
        self._finish(folder, changes)
        self._remember(folder, changes)
        return spans

    def fold(self, pk: int) -> None:
        """Fold one trace whose fold was put off."""
        with self._writer.transaction():
            changes = Changes(self._writer.number("change"))
            folder = TraceFolder(self._writer, changes, {}, self._at_once)
            folder.fold_pending(pk)
            self._finish(folder, changes)
        self.pending.discard(pk)
        self._remember(folder, changes)

    def _commit(self, arrivals: Sequence[Arrival]) -> list[AppendResult]:
        with self._writer.lock:
            deleted, named = self._doomed(arrivals) if self._writer.has_tombstones else (set(), set())
            refused = deleted | named
            kept = [without(arrival, refused) for arrival in arrivals] if refused else arrivals
            blocks, places = self._lay_out(kept)
            traces, keys = _gather(kept, places)
            packing = {block: self._packer.submit(pack, parts, self._zstd) for block, parts in blocks.items()}
            with self._writer.transaction():
                changes = Changes(self._writer.number("change"))
                folder = TraceFolder(self._writer, changes, blocks, self._at_once)
                self._tombstones.bury_traces(named)
                for project, trace_id in named:
                    folder.remove(self._writer.project(project), project, trace_id, Touched())
                for (project, trace_id), touched in traces.items():
                    folder.touch(self._writer.project(project), project, trace_id, touched)
                self._finish(folder, changes, packing)
            self._remember(folder, changes)
        return [_answer(arrival, taken, own, traces) for arrival, taken, own in zip(arrivals, kept, keys, strict=True)]

    def _doomed(self, arrivals: Sequence[Arrival]) -> tuple[set[TraceKey], set[TraceKey]]:
        users: dict[TraceKey, set[str]] = {}
        for arrival in arrivals:
            for span in arrival.spans:
                names = users.setdefault((span.project, span.trace_id), set())
                if span.facts.user_id is not None:
                    names.add(span.facts.user_id)
        return doomed_traces(self._writer, self._tombstones, users)

    def _remember(self, folder: TraceFolder, changes: Changes) -> None:
        """After a commit: what is put off, and which sessions are no longer idle."""
        for pk, put_off in folder.pending.items():
            (self.pending.add if put_off else self.pending.discard)(pk)
        self._on_touched(list(changes.sessions), self._writer.last("trace"))

    def _finish(self, folder: TraceFolder, changes: Changes, packing: dict[int, Future[Packed]] | None = None) -> None:
        """The rows, then what follows from them."""
        folder.flush()
        apply_changes(self._writer, changes, self._small_max)
        folder.write_blocks({block: packed.result() for block, packed in (packing or {}).items()})

    def _lay_out(self, arrivals: Sequence[Arrival]) -> tuple[dict[int, list[bytes]], list[tuple[int, int]]]:
        """Which block and part each arrival's body becomes."""
        blocks: dict[int, list[bytes]] = {}
        places: list[tuple[int, int]] = []
        block, room = 0, 0
        for arrival in arrivals:
            if not arrival.spans:
                places.append((0, 0))
                continue
            if room <= 0:
                block, room = self._writer.number("block"), BLOCK_BYTES
                blocks[block] = []
            places.append((block, len(blocks[block])))
            blocks[block].append(arrival.body)
            room -= len(arrival.body)
        return blocks, places

    def _read_pending(self) -> None:
        rows = self._writer.connection.execute("select id from trace where pending = 1")
        self.pending = {row[0] for row in rows}
        self._refold_after = self._writer.connection.execute("select value from meta where name = 'refold_after'").get


def _gather(
    arrivals: Sequence[Arrival], places: Sequence[tuple[int, int]]
) -> tuple[dict[TraceKey, Touched], list[list[TraceKey]]]:
    """What arrived by trace, and each arrival's traces."""
    traces: dict[TraceKey, Touched] = {}
    keys: list[list[TraceKey]] = []
    for arrival, (block, part) in zip(arrivals, places, strict=True):
        own: dict[TraceKey, None] = {}
        for span in arrival.spans:
            key = (span.project, span.trace_id)
            touched = traces.get(key)
            if touched is None:
                touched = traces[key] = Touched()
            own[key] = None
            touched.entries.append(Entry(block, part, span.ordinal, span.facts))
            touched.texts.append(span.texts)
        keys.append(list(own))
    return traces, keys


def _answer(
    arrival: Arrival, taken: Arrival, keys: Sequence[TraceKey], traces: dict[TraceKey, Touched]
) -> AppendResult:
    touched = {(key[0], session): None for key in keys for session in sorted(traces[key].keys)}
    kept = len(taken.spans)
    return AppendResult(kept, len(arrival.spans) - kept, tuple(touched))


def _failure(error: Exception) -> ThreadlineError:
    if isinstance(error, ThreadlineError):
        return error
    if isinstance(error, apsw.FullError):
        return StoreFailed("disk_full", "The disk that holds the data is full. Free some space; senders may repeat.")
    return StoreFailed("store_failed", f"The store could not keep this request: {type(error).__name__}: {error}")
