"""An exact nearest-rank percentile of a large session, kept by moving a pointer along an index.

A commit that changes n turns costs at most n steps, whatever the session's size.
"""

import math
from collections.abc import Collection
from typing import TypeAlias

from threadline.store.sqlite.database import Database
from threadline.store.sqlite.session_row import Pointer

__all__ = ["move", "rank"]

Latency: TypeAlias = tuple[int, int]
"""(latency, row): the order of the index `trace_latency`."""

WITHIN = "select latency, id from trace where session = ? and said is not null and latency is not null"
AFTER = f"{WITHIN} and (latency, id) > (?, ?) order by latency, id limit ?"
BEFORE = f"{WITHIN} and (latency, id) < (?, ?) order by latency desc, id desc limit ?"
AT = f"{WITHIN} order by latency, id limit 1 offset ?"


def rank(count: int, p: float) -> int:
    """How many of `count` stand below the nearest-rank percentile: as `sessions.totals.nearest_rank`."""
    return max(math.ceil(round(p * count, 9)), 1) - 1


def move(  # noqa: PLR0917 - a pointer and what moves it
    connection: Database,
    session: int,
    pointer: Pointer | None,
    target: int,
    added: Collection[Latency],
    removed: Collection[Latency],
) -> Pointer:
    """Where the pointer stands after these changes, which the index holds already."""
    if pointer is None:
        value, pk = connection.execute(AT, (session, target)).fetchone()
        return Pointer(value, pk, target)
    at = (pointer.value, pointer.pk)
    below = pointer.below + sum(each < at for each in added) - sum(each < at for each in removed)
    if at in removed and at not in added:
        # Its own turn left: stand on the one after it, which has the same rank, else on the one before.
        row = connection.execute(AFTER, (session, *at, 1)).fetchone()
        if row is None:
            row = connection.execute(BEFORE, (session, *at, 1)).fetchone()
            below -= 1
        at = row
    steps = target - below
    if steps:
        at = connection.execute(AFTER if steps > 0 else BEFORE, (session, *at, abs(steps))).fetchall()[-1]
    return Pointer(at[0], at[1], target)
