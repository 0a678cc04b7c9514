"""Traces as OTLP again, in parts of some MB, each part read in its own snapshot."""

from collections.abc import Iterator, Sequence

from threadline.otlp.export import join
from threadline.otlp.wire import RawSpan
from threadline.store.sqlite.blocks import raw_spans
from threadline.store.sqlite.connection import Readers
from threadline.store.sqlite.reads import in_order, merged_trace

__all__ = ["export"]

PART_BYTES = 4 * 2**20
SPANS_AT_ONCE = 2_000


def export(readers: Readers, project: str, trace_ids: Sequence[bytes]) -> Iterator[bytes]:
    """ExportTraceServiceRequests that hold these traces."""
    part: list[RawSpan] = []
    size = 0
    for trace_id in trace_ids:
        for raw in _spans(readers, project, trace_id):
            part.append(raw)
            size += len(raw.span)
            if size >= PART_BYTES:
                yield join(_grouped(part), project)
                part, size = [], 0
    if part:
        yield join(_grouped(part), project)


def _spans(readers: Readers, project: str, trace_id: bytes) -> Iterator[RawSpan]:
    """The spans of a trace by (start, span id). What a settling moved meanwhile is looked up again."""
    done = 0
    while True:
        with readers.snapshot() as connection:
            merged = merged_trace(connection, project, trace_id)
            entries = [] if merged is None else in_order(merged)[done : done + SPANS_AT_ONCE]
            raws = dict(raw_spans(connection, [entry.address for entry in entries]))
        if not entries:
            return
        for entry in entries:
            yield raws[entry.address]
        done += len(entries)
        if len(entries) < SPANS_AT_ONCE:
            return


def _grouped(spans: Sequence[RawSpan]) -> list[RawSpan]:
    """Spans of one resource and scope beside each other, otherwise in their order."""
    places: dict[tuple[bytes, ...], int] = {}
    for raw in spans:
        places.setdefault(raw[:2], len(places))
        places.setdefault(raw[:4], len(places))
    return sorted(spans, key=lambda raw: (places[raw[:2]], places[raw[:4]]))
