"""From the command to a ready server, and what an idle one weighs."""

import time

from bench.figures import Figure, at_most, percentile
from bench.memory import pss_mb
from bench.workbench import Workbench

__all__ = ["measure"]

ROUNDS = 5
IDLE_S = 5.0


def measure(bench: Workbench) -> list[Figure]:
    """The median of five starts on a new file; memory after 5 s of nothing."""
    times = []
    memory = 0.0
    for number in range(ROUNDS):
        with bench.server(bench.empty("start")) as server:
            times.append(server.ready_s)
            if number == ROUNDS - 1:
                time.sleep(IDLE_S)
                memory = pss_mb(server.pid)
    note = f"{ROUNDS} starts, {min(times):.2f} to {max(times):.2f}"
    return [
        at_most("start to ready", percentile(times, 0.5), "s", 2, note),
        at_most("memory, idle", memory, "MB", 150, "PSS of all processes"),
    ]
