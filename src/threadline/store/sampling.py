"""A sample that is the same each time: pure."""

import heapq
from collections.abc import Iterable
from hashlib import blake2b

__all__ = ["sampled"]


def sampled(keys: Iterable[str], seed: str, size: int) -> list[str]:
    """So many of the session keys, by a hash of seed and key."""
    start = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8)

    def place(key: str) -> bytes:
        each = start.copy()
        each.update(b"\x00" + key.encode())
        return each.digest()

    return heapq.nsmallest(size, keys, key=place) if size > 0 else []
