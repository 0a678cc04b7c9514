"""Which values set some sessions apart from the others: pure, the same for every store."""

from collections.abc import Mapping

from threadline.store.contract import Difference

__all__ = ["ranked"]


def ranked(
    counted: Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]], inside: int, outside: int, limit: int
) -> list[Difference]:
    """Values whose shares differ, largest difference first, then by (facet, value).

    `counted` is facet -> (sessions of each value inside, the same outside). Of no sessions every share is 0.
    """
    found = []
    for facet, (within, without) in counted.items():
        for value in {**within, **without}:
            shares = within.get(value, 0), without.get(value, 0)
            # Compared as integers: both shares times both counts.
            apart = abs(shares[0] * max(outside, 1) - shares[1] * max(inside, 1))
            if apart:
                found.append((-apart, facet, value, *shares))
    return [Difference(facet, value, *shares) for _, facet, value, *shares in sorted(found)[: max(limit, 0)]]
