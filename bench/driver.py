"""Sends a load over many connections, in a process of its own: `python -m bench.driver --help`.

Threads with blocking sockets: each request is one system call to write and one to read, so that on a machine of
two cores the load costs the server as little as it can. Prints one JSON object (`Sent`).
"""

import argparse
import itertools
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from bench.connection import Answer, Connection
from bench.load import Load

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Acknowledged", "Plan", "Sent"]

RETRIES_MAX = 200
WAIT_S_MAX = 5.0


class Plan(msgspec.Struct, frozen=True):
    """What to send. It ends after `seconds`, or when `count` requests are answered."""

    load: str
    port: int
    connections: int = 16
    seconds: float = 600
    first: int = 0
    count: int | None = None
    spans_per_second: float | None = None
    """None: as fast as the server answers."""


class Acknowledged(msgspec.Struct, frozen=True, array_like=True):
    """One request that was answered with success."""

    number: int
    at_s: float
    """Seconds since the first request was sent."""
    ms: float
    spans: int
    """Without those that the answer rejects."""


class Sent(msgspec.Struct):
    """What came of it."""

    seconds: float = 0
    acknowledged: list[Acknowledged] = []
    refused: dict[str, int] = {}
    """Answers other than 200, by status; each was sent again."""
    given_up: int = 0
    broken: str | None = None
    """Why the connection ended early."""

    @property
    def spans(self) -> int:
        """Acknowledged."""
        return sum(one.spans for one in self.acknowledged)


class Sender:
    """Shares the requests of a plan among its connections."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.load = Load(Path(plan.load))
        last = len(self.load.places) if plan.count is None else min(plan.first + plan.count, len(self.load.places))
        self.numbers: Iterator[int] = iter(range(plan.first, last))
        self.order = itertools.count()
        self.lock = threading.Lock()
        self.sent = Sent(acknowledged=[], refused={})
        self.begin = 0.0

    def run(self) -> Sent:
        """Send all of it."""
        self.begin = time.perf_counter()
        threads = [threading.Thread(target=self.connection, daemon=True) for _ in range(self.plan.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.sent.seconds = time.perf_counter() - self.begin
        return self.sent

    def passed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.begin

    def connection(self) -> None:
        """One connection's share."""
        try:
            link = Connection(self.plan.port)
            while self.passed() < self.plan.seconds and (number := self.take()) is not None:
                self.deliver(link, number)
            link.close()
        except OSError as error:
            with self.lock:
                self.sent.broken = self.sent.broken or f"{type(error).__name__}: {error}"

    def take(self) -> int | None:
        """The next request, at its time."""
        with self.lock:
            number, order = next(self.numbers, None), next(self.order)
        if number is not None and self.plan.spans_per_second:
            due = order * self.load.places[number].spans / self.plan.spans_per_second
            time.sleep(max(0.0, due - self.passed()))
        return number

    def deliver(self, link: Connection, number: int) -> None:
        """Send one request until it is accepted, for a limited number of times."""
        message = self.load.message(number)
        for _ in range(RETRIES_MAX):
            answer = link.exchange(message)
            if answer.status == 200:
                one = Acknowledged(number, self.passed(), answer.ms, self.load.places[number].spans - rejected(answer))
                with self.lock:
                    self.sent.acknowledged.append(one)
                return
            with self.lock:
                self.sent.refused[str(answer.status)] = self.sent.refused.get(str(answer.status), 0) + 1
            if self.passed() > self.plan.seconds:
                break
            time.sleep(retry_after_s(answer))
        with self.lock:
            self.sent.given_up += 1


def rejected(answer: Answer) -> int:
    """Spans that a success answer says were not kept."""
    if not answer.body or b"protobuf" not in answer.head:
        return 0
    return int(ExportTraceServiceResponse.FromString(answer.body).partial_success.rejected_spans)


def retry_after_s(answer: Answer) -> float:
    """What the server asks for, else half a second; 5 s at most."""
    for line in answer.head.split(b"\r\n"):
        if line.startswith(b"retry-after:"):
            return min(WAIT_S_MAX, float(line[12:]))
    return 0.5


def main() -> None:
    """Read a plan (JSON) from the command line, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", help="a Plan as JSON")
    plan = msgspec.json.decode(parser.parse_args().plan, type=Plan)
    sys.setswitchinterval(0.0005)
    sys.stdout.buffer.write(msgspec.json.encode(Sender(plan).run()))


if __name__ == "__main__":
    main()
