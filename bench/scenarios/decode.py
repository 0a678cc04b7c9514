"""Decoding and normalising one span, in this process."""

import time

from bench.figures import Figure, at_most, percentile
from bench.shapes import MANY
from bench.workbench import Workbench
from threadline.ingest.decode import decode
from threadline.model.limits import Limits

__all__ = ["measure"]

REQUESTS = 200
ROUNDS = 7


def measure(bench: Workbench) -> list[Figure]:
    """From the bytes of a request to the facts and texts of its spans; the median of several rounds, in CPU time."""
    load = bench.load(MANY)
    bodies = list(load.bodies(REQUESTS))
    spans = sum(place.spans for place in load.places[:REQUESTS])
    limits = Limits()
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for body in bodies:
            decode(body, "protobuf", None, limits)
        rounds.append((time.process_time() - begin) / spans * 1e6)
    note = f"{spans:,} spans, {ROUNDS} rounds, {min(rounds):.1f} to {max(rounds):.1f}"
    return [at_most("decoding and normalising", percentile(rounds, 0.5), "µs/span", 25, note)]
