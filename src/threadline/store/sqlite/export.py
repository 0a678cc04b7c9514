"""Traces as OTLP again, in parts of some MB, each part read in its own snapshot."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from threadline.otlp.export import join
from threadline.otlp.wire import RawSpan
from threadline.store.sqlite.blocks import raw_spans
from threadline.store.sqlite.connection import Readers
from threadline.store.sqlite.kept import Kept, TracePlace
from threadline.store.sqlite.reads import kept_entries, order, trace_place
from threadline.store.sqlite.segments import Entry

__all__ = ["export"]

PART_BYTES = 4 * 2**20
SPANS_AT_ONCE = 2_000


def export(readers: Readers, kept: Kept, project: str, trace_ids: Sequence[bytes]) -> Iterator[bytes]:
    """ExportTraceServiceRequests that hold these traces."""
    part: list[RawSpan] = []
    size = 0
    for trace_id in trace_ids:
        for raw in _spans(readers, kept, project, trace_id):
            part.append(raw)
            size += len(raw.span)
            if size >= PART_BYTES:
                yield join(_grouped(part), project)
                part, size = [], 0
    if part:
        yield join(_grouped(part), project)


def _spans(readers: Readers, kept: Kept, project: str, trace_id: bytes) -> Iterator[RawSpan]:
    """The spans of a trace by (start, span id). It is merged once, and again only when it changed meanwhile."""
    entries = list[Entry]()
    place: TracePlace | None = None
    done = 0
    while True:
        with readers.snapshot() as connection:
            now = trace_place(connection, project, trace_id)
            if now is None:
                return
            if now != place:
                last = order(entries[done - 1]) if done else None
                entries = kept_entries(connection, now, kept)
                done = 0 if last is None else bisect_right(entries, last, key=order)
                place = now
            some = entries[done : done + SPANS_AT_ONCE]
            raws = dict(raw_spans(connection, [entry.address for entry in some], kept.blocks))
        for entry in some:
            yield raws[entry.address]
        done += len(some)
        if len(some) < SPANS_AT_ONCE:
            return


def _grouped(spans: Sequence[RawSpan]) -> list[RawSpan]:
    """Spans of one resource and scope beside each other, otherwise in their order."""
    places: dict[tuple[bytes, ...], int] = {}
    for raw in spans:
        places.setdefault(raw[:2], len(places))
        places.setdefault(raw[:4], len(places))
    return sorted(spans, key=lambda raw: (places[raw[:2]], places[raw[:4]]))
