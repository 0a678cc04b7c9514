"""In which bucket each chosen session lies: pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from threadline.store.series import Buckets
from threadline.store.sqlite.session_figures import SessionFigures

__all__ = ["SessionPlaces", "session_places"]


class SessionPlaces(NamedTuple):
    """Where sessions lie."""

    of: dict[int, int]
    """Session row -> the bucket of all its turns."""
    spread: list[int]
    """Sessions whose turns may lie in several."""
    begun: Counter[int]
    """Sessions by the bucket of their start."""


def session_places(figures: SessionFigures, series: Buckets, with_untimed_turns: Collection[int]) -> SessionPlaces:
    """By the last activity, after which no turn with a time begins, sessions of a bucket lie side by side."""
    of: dict[int, int] = {}
    spread = [row for row, _ in figures.untimed]
    begun = Counter(series.places([start for _, start in figures.untimed]))
    edges = series.edges()
    cuts = [0, *(bisect_left(figures.lasts, edge) for edge in edges), len(figures.rows)]
    for place in range(-1, len(edges)):
        run = slice(cuts[place + 1], cuts[place + 2])
        of.update(dict.fromkeys(figures.rows[run], place))
        begun[place] += run.stop - run.start
        if place < 0:
            continue
        edge = edges[place]
        beside = zip(figures.rows[run], figures.starts[run], strict=True)
        earlier = [(row, start) for row, start in beside if start < edge]
        begun[place] -= len(earlier)
        begun.update(series.places([start for _, start in earlier]))
        spread += [row for row, _ in earlier]
    spread += [row for row in with_untimed_turns if row in of]
    for row in spread:
        of.pop(row, None)
    return SessionPlaces(of, list(dict.fromkeys(spread)), begun)
