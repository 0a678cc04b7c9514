"""Exact nearest-rank percentiles of many unsorted numbers: pure, a fifth of the time of sorting them."""

from collections.abc import Sequence

from threadline.sessions.totals import nearest_rank
from threadline.store.sqlite.percentile import rank

__all__ = ["rank_of_unsorted"]

SORTED_MAX = 5_000
"""So many are sorted at once."""
SAMPLE = 1_024
HIGH, HIGH_FROM = 0.9, 500
"""A rank as high, of as many, is looked for among the greatest alone."""
MARGIN = 64
"""Places in the sorted sample to each side: four standard errors of the median of a random sample."""


def rank_of_unsorted(values: Sequence[int], p: float) -> int | None:
    """As `sessions.totals.nearest_rank` of the sorted values.

    A sample says between which two values the rank is to be found; only those between are sorted. Should the
    rank lie elsewhere, as it may in numbers with a rhythm, all are sorted.
    """
    if p >= HIGH and len(values) > HIGH_FROM:
        return _high_rank(values, p)
    if len(values) <= SORTED_MAX:
        return nearest_rank(sorted(values), p)
    sample = sorted(values[:: len(values) // SAMPLE])
    middle = int(p * len(sample))
    low = sample[max(middle - MARGIN, 0)]
    high = sample[min(middle + MARGIN, len(sample) - 1)]
    between = sorted([value for value in values if low <= value <= high])
    below = len([1 for value in values if value < low])
    place = rank(len(values), p) - below
    return between[place] if 0 <= place < len(between) else nearest_rank(sorted(values), p)


def _high_rank(values: Sequence[int], p: float) -> int | None:
    """The greatest tenth or so is sorted."""
    sample = sorted(values[:: max(len(values) // SAMPLE, 1)])
    cut = sample[int((p - 0.05) * len(sample))]
    greatest = sorted([value for value in values if value >= cut])
    place = rank(len(values), p) - (len(values) - len(greatest))
    return greatest[place] if place >= 0 else nearest_rank(sorted(values), p)
