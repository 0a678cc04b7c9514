"""The buckets of a series: pure, the same for every store."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from threadline.model.values import capped
from threadline.store.contract import TimeBucket

__all__ = ["Buckets", "Counts"]


class Counts(NamedTuple):
    """What is added to one bucket."""

    sessions: int = 0
    sessions_with_errors: int = 0
    turns: int = 0
    total_tokens: int = 0
    cost_nano: int = 0


class Buckets:
    """Equal steps from `low` to before `high`, and one bucket each for what lies earlier and later.

    Each turn and each session counts at its own start; what has no time counts as later, where lists show it.
    """

    def __init__(self, low_ns: int, high_ns: int, count: int) -> None:
        self.low_ns = low_ns
        self.high_ns = max(high_ns, low_ns + 1)
        span = self.high_ns - self.low_ns
        self.width_ns = -(-span // max(count, 1))
        self.count = -(-span // self.width_ns)
        self._counts: dict[int, list[int]] = {}

    def place(self, start_ns: int | None) -> int:
        """-1 for earlier, `count` for later."""
        if start_ns is None or start_ns >= self.high_ns:
            return self.count
        return -1 if start_ns < self.low_ns else (start_ns - self.low_ns) // self.width_ns

    def places(self, starts_ns: Sequence[int | None]) -> list[int]:
        """`place` of many."""
        low, high, width, later = self.low_ns, self.high_ns, self.width_ns, self.count
        return [
            later if start is None or start >= high else -1 if start < low else (start - low) // width
            for start in starts_ns
        ]

    def edges(self) -> list[int]:
        """Where each bucket begins, and the one for what is later."""
        starts_ns = [min(self.low_ns + place * self.width_ns, self.high_ns) for place in range(self.count)]
        return [*starts_ns, self.high_ns]

    def add(self, place: int, counts: Counts) -> None:
        """Add to a bucket."""
        held = self._counts.setdefault(place, [0] * len(counts))
        for i, n in enumerate(counts):
            held[i] += n

    def series(self, users: Mapping[int, int], latency_p95_ns: Mapping[int, int | None]) -> list[TimeBucket]:
        """All buckets in order; those for earlier and later only where something lies there. Sums are capped.

        `users` and `latency_p95_ns` by place: distinct end users and the percentile of each bucket's turns.
        """
        found = []
        for place in range(-1, self.count + 1):
            beyond = place in {-1, self.count}
            if beyond and place not in self._counts:
                continue
            start_ns = 0 if place < 0 else self.low_ns + place * self.width_ns
            counts = Counts(*map(capped, self._counts.get(place, Counts())))
            found.append(
                TimeBucket(
                    start_ns,
                    *counts,
                    earlier=place < 0,
                    later=place == self.count,
                    users=users.get(place, 0),
                    latency_p95_ns=latency_p95_ns.get(place),
                )
            )
        return found
