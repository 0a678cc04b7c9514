"""Exact percentiles of the latencies of many turns, of which only those near the percentiles are read: pure.

A sample says where the median and the highest latencies are to be found. Counts say whether they were found there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from threadline.model.values import I64_MAX
from threadline.store.sqlite.percentile import rank
from threadline.store.sqlite.ranks import rank_of_unsorted

__all__ = ["EVERY", "BucketLatencies", "Latencies", "Percentiles", "Window", "window_of"]

MEDIAN, HIGH = 0.5, 0.95
ASIDE = 0.04
"""How far to each side of the median is read."""
HIGHEST = 0.1
"""How many of the highest are read, so that they hold the highest twentieth of nearly every bucket."""
SAMPLE_MIN = 1_000


class Window(NamedTuple):
    """Which latencies are read: from `low` to `high`, and from `cut` on."""

    low: int
    high: int
    cut: int


EVERY = Window(0, I64_MAX, 0)


class BucketLatencies(NamedTuple):
    """Of the turns of one bucket."""

    known: int
    below: int
    """How many lie below the window."""
    values: Sequence[float]
    """Those in the window."""


class Percentiles(NamedTuple):
    """None of nothing."""

    p50: int | None
    p95: int | None
    p95_by_bucket: Mapping[int, int | None]


def window_of(sample: Sequence[float]) -> Window:
    """From a rising sample."""
    count = len(sample)
    if count < SAMPLE_MIN:
        return EVERY
    low, high, cut = (sample[int(p * count)] for p in (MEDIAN - ASIDE, MEDIAN + ASIDE, 1 - HIGHEST))
    return Window(int(low), int(high), int(cut))


class Latencies:
    """Of all buckets. `every` reads all latencies of the buckets that a window told too little of."""

    def __init__(
        self,
        buckets: Mapping[int, BucketLatencies],
        window: Window,
        every: Callable[[Iterable[int]], Mapping[int, Sequence[float]]],
    ) -> None:
        self._buckets = buckets
        self._window = window
        self._every = every

    def percentiles(self) -> Percentiles:
        """Nearest ranks, as of all the latencies sorted."""
        if self._window == EVERY:
            return _of_all({bucket: each.values for bucket, each in self._buckets.items()})
        cut = self._window.cut
        highest = {
            bucket: sorted([value for value in each.values if value >= cut]) for bucket, each in self._buckets.items()
        }
        by_bucket = {bucket: _from_top(highest[bucket], each.known, HIGH) for bucket, each in self._buckets.items()}
        known = sum(each.known for each in self._buckets.values())
        p95 = _from_top(sorted([value for values in highest.values() for value in values]), known, HIGH)
        p50 = self._median(known)
        if p50 is None or p95 is None:
            return _of_all(self._every(self._buckets))
        missed = [bucket for bucket, found in by_bucket.items() if found is None and self._buckets[bucket].known]
        if missed:
            by_bucket.update({bucket: rank_of(values, HIGH) for bucket, values in self._every(missed).items()})
        return Percentiles(p50, p95, by_bucket)

    def _median(self, known: int) -> int | None:
        high = self._window.high
        near = sorted([value for each in self._buckets.values() for value in each.values if value <= high])
        place = rank(known, MEDIAN) - sum(each.below for each in self._buckets.values())
        return int(near[place]) if 0 <= place < len(near) else None


def _from_top(highest: Sequence[float], known: int, p: float) -> int | None:
    """None where the rank is not among the highest."""
    above = known - 1 - rank(known, p)
    return int(highest[-1 - above]) if 0 <= above < len(highest) else None


def _of_all(buckets: Mapping[int, Sequence[float]]) -> Percentiles:
    every = [value for values in buckets.values() for value in values]
    by_bucket = {bucket: rank_of(values, HIGH) for bucket, values in buckets.items()}
    return Percentiles(rank_of(every, MEDIAN), rank_of(every, HIGH), by_bucket)


def rank_of(values: Sequence[float], p: float) -> int | None:
    """`rank_of_unsorted` of whole numbers."""
    found = rank_of_unsorted(values, p)  # type: ignore[arg-type] # numbers that compare alike
    return None if found is None else int(found)
