"""What readers keep in memory between calls, each bounded: unpacked blocks and large traces merged."""

import threading
from collections import OrderedDict
from typing import NamedTuple

from threadline.store.sqlite.blocks import KeptBlocks
from threadline.store.sqlite.segments import Entry

__all__ = ["LARGE_SPANS", "Kept", "TracePlace"]

LARGE_SPANS = 2_000
"""A smaller trace is merged in a few ms."""
SPANS_MAX = 120_000
"""Spans of the kept traces in all: about 0.6 kB each."""


class TracePlace(NamedTuple):
    """A trace in one of its states. Rows are used again, so its own id belongs to it; a deleted one never returns."""

    row: int
    trace_id: bytes
    version: int


class Kept:
    """For one file and any thread."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.blocks = KeptBlocks()
        self._traces: OrderedDict[TracePlace, list[Entry]] = OrderedDict()
        self._lock = threading.Lock()

    def entries(self, place: TracePlace) -> list[Entry] | None:
        """The spans of a large trace in order, if kept. Not to be changed."""
        with self._lock:
            found = self._traces.get(place)
            if found is not None:
                self._traces.move_to_end(place)
            return found

    def keep(self, place: TracePlace, entries: list[Entry]) -> None:
        """Remember them in place of an earlier state; small ones are not kept."""
        with self._lock:
            for old in [each for each in self._traces if each.row == place.row]:
                del self._traces[old]
            if LARGE_SPANS <= len(entries) <= SPANS_MAX:
                self._traces[place] = entries
            total = sum(map(len, self._traces.values()))
            while total > SPANS_MAX:
                total -= len(self._traces.popitem(last=False)[1])
