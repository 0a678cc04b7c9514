"""Runs the driver beside a server and sums up what it says."""

import subprocess
import sys
from collections.abc import Sequence

import msgspec

from bench.driver import Acknowledged, Plan, Sent
from bench.figures import percentile
from bench.load import Load
from bench.servers import Server

__all__ = ["Driver", "Rate", "rate", "send"]

DRIVER_EXTRA_S = 120.0


class Driver:
    """A driver that runs. `result` waits for it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        words = [sys.executable, "-m", "bench.driver", msgspec.json.encode(plan).decode()]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE)

    def result(self) -> Sent:
        """What came of it; an error when it takes far longer than planned."""
        try:
            output, _ = self.process.communicate(timeout=self.plan.seconds + DRIVER_EXTRA_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return msgspec.json.decode(output, type=Sent)


def plan(server: Server, load: Load, **options: object) -> Plan:
    """A plan for this server and load."""
    return msgspec.convert({"load": str(load.path), "port": server.port, **options}, Plan)


def send(server: Server, load: Load, **options: object) -> Sent:
    """Send (a part of) a load; `options` are those of `Plan`."""
    return Driver(plan(server, load, **options)).result()


class Rate(msgspec.Struct, frozen=True):
    """How fast a server took a load."""

    spans_per_second: float
    slowest_window: float
    """Spans a second in the slowest 5 s."""
    p50_ms: float
    p95_ms: float
    spans: int


def rate(acknowledged: Sequence[Acknowledged], warm_up_s: float = 0.0, window_s: float = 5.0) -> Rate:
    """The rate after a warm-up, until the last answer."""
    counted = sorted((one for one in acknowledged if one.at_s >= warm_up_s), key=lambda one: one.at_s)
    if not counted:
        return Rate(0, 0, 0, 0, 0)
    end_s = counted[-1].at_s
    spans = sum(one.spans for one in counted)
    windows: dict[int, int] = {}
    for one in counted:
        place = int((one.at_s - warm_up_s) // window_s)
        windows[place] = windows.get(place, 0) + one.spans
    whole = [count for place, count in windows.items() if warm_up_s + (place + 1) * window_s <= end_s]
    times = [one.ms for one in counted]
    return Rate(
        spans / max(1e-9, end_s - warm_up_s),
        min(whole, default=0) / window_s,
        percentile(times, 0.5),
        percentile(times, 0.95),
        spans,
    )
