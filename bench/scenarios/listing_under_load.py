"""The list of sessions while telemetry arrives at half the top rate."""

import time

from bench.figures import Figure, at_most, percentile
from bench.scenarios.reading import LIST
from bench.sending import Driver, plan
from bench.shapes import LATER, MANY
from bench.workbench import Workbench

__all__ = ["measure"]

POLLS_MAX = 2_000
PAUSE_S = 0.03
TOP_RATE_UNMEASURED = 20_000.0


def measure(bench: Workbench) -> list[Figure]:
    """The database already holds 40,000 sessions; new ones arrive."""
    top = bench.top_rate or TOP_RATE_UNMEASURED
    load = bench.load(LATER)
    data = bench.copy(bench.filled(MANY), "listing")
    with bench.server(data) as server:
        driver = Driver(plan(server, load, seconds=bench.seconds, spans_per_second=top / 2))
        link = server.connect()
        times: list[float] = []
        while driver.process.poll() is None and len(times) < POLLS_MAX:
            times.append(link.get(LIST).ms)
            time.sleep(PAUSE_S)
        sent = driver.result()
    achieved = sent.spans / sent.seconds
    note = (
        f"{len(times)} requests, p50 {percentile(times, 0.5):.1f}, max {max(times):.0f} ms, at {achieved:,.0f} spans/s"
    )
    return [at_most("list while ingesting at half the top rate, p95", percentile(times, 0.95), "ms", 50, note)]
