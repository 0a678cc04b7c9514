"""How sessions spread over a figure, and how many go on: pure, the same for every store."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from threadline.model.values import I64_MAX
from threadline.store.contract import Range

__all__ = ["LADDERS", "drop_off", "ranges", "rungs"]

SECOND = 10**9
MINUTE, HOUR, DAY = 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND


def _decades(first: int) -> list[int]:
    """1, 2, 5, 10, 20, 50 ... times `first`, up to the greatest number."""
    found = []
    step = first
    while step <= I64_MAX:
        found += [factor * step for factor in (1, 2, 5) if factor * step <= I64_MAX]
        step *= 10
    return [*found, I64_MAX]


def _times() -> list[int]:
    """Steps that people name: 10 ms to 5 s, 10 s, 30 s, minutes, hours, days."""
    below = [factor * step for step in (10_000_000, 100_000_000, SECOND) for factor in (1, 2, 5)]
    minutes = [10 * SECOND, 30 * SECOND, *(n * MINUTE for n in (1, 2, 5, 10, 30))]
    hours = [n * HOUR for n in (1, 2, 6, 12)]
    return [0, *below, *minutes, *hours, *_decades(DAY)]


LADDERS: dict[str, Sequence[int]] = {
    "turns": [*range(1, 10), *_decades(10)],
    "duration": _times(),
    "cost": [0, *_decades(100_000)],
    "latency": _times(),
}
"""Edges of the steps of each distribution: of turns a count, of times ns, of cost nano-USD (from 0.0001 USD on)."""

SPARSE = (1, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
"""Where a drop-off is told beyond 20 turns: these times a power of ten."""
EVERY_MAX = 20


def rungs(figure: str, low: float, high: float) -> Sequence[int]:
    """The edges that enclose all figures from `low` to `high`: one more than there are steps."""
    ladder = LADDERS[figure]
    first = max(bisect_right(ladder, low) - 1, 0)
    last = min(bisect_right(ladder, high), len(ladder) - 1)
    return ladder[min(first, last - 1) : last + 1]


def ranges(figure: str, ascending: Sequence[float]) -> list[Range]:
    """The steps from the least figure to the greatest; none of nothing."""
    if not ascending:
        return []
    edges = rungs(figure, ascending[0], ascending[-1])
    places = [bisect_left(ascending, edge) for edge in edges]
    places[-1] = len(ascending)
    places[0] = 0
    return [Range(edges[i], edges[i + 1], places[i + 1] - places[i]) for i in range(len(edges) - 1)]


def drop_off(ascending: Sequence[int]) -> list[tuple[int, int]]:
    """(n, sessions with at least n turns), from the turns of each session."""
    if not ascending:
        return []
    longest = ascending[-1]
    return [(n, len(ascending) - bisect_left(ascending, n)) for n in _told(longest)]


def _told(longest: int) -> Iterable[int]:
    yield from range(1, min(longest, EVERY_MAX) + 1)
    if longest <= EVERY_MAX:
        return
    power = 1
    while power <= longest:
        for factor in SPARSE[1:]:
            if EVERY_MAX < factor * power < longest:
                yield factor * power
        power *= 10
    yield longest
