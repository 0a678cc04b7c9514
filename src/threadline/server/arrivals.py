"""The last requests received, without content: what `/connect` shows while somebody sets up an exporter."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from threadline.errors import Overloaded, ThreadlineError, TooLarge
from threadline.server.rfc3339 import format_ns
from threadline.server.shapes import Arrival

__all__ = ["Arrivals", "cure_of", "grpc_cure", "wrong_path"]

KEPT = 200
_LIKE_OTLP = ("trace", "otel", "otlp", "v1/logs", "v1/metrics")
_TRACES = (
    "OTLP traces are received at /v1/traces. Set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT to http://HOST:PORT/v1/traces, "
)
_TRACES += "or OTEL_EXPORTER_OTLP_ENDPOINT to http://HOST:PORT without a path."


class Arrivals:
    """A ring of the last 200 requests, numbered from 1, with an async wait for newer ones.

    Lives on one event loop: `record` and `after` are called from it (no locks).
    """

    def __init__(self, clock_ns: Callable[[], int], *, kept: int = KEPT) -> None:
        """`clock_ns` tells the time in ns since the epoch; `kept` is how many stay readable."""
        self._clock_ns = clock_ns
        self._ring: deque[Arrival] = deque(maxlen=kept)
        self._number = 0
        self._changed: asyncio.Event | None = None

    @property
    def number(self) -> int:
        """How many were recorded so far: the number of the newest, 0 before the first."""
        return self._number

    def record(
        self,
        *,
        transport: str,
        path: str,
        status: int,
        answer: str,
        encoding: str = "",
        size: int = 0,
        spans: int = 0,
        rejected: int = 0,
        projects: Sequence[str] = (),
        session_id_key: str | None = None,
        cure: str | None = None,
    ) -> Arrival:
        """Keep one request. `size` is bytes as received; `path` is cut at 256 characters."""
        self._number += 1
        arrival = Arrival(
            number=self._number,
            time=format_ns(self._clock_ns()),
            transport=transport,
            path=path if len(path) <= 256 else path[:255] + "…",
            encoding=encoding[:128],
            bytes=size,
            spans=spans,
            rejected=rejected,
            projects=sorted(projects)[:20],
            session_id_key=session_id_key,
            status=status,
            answer=answer,
            cure=cure,
        )
        self._ring.append(arrival)
        if self._changed is not None:
            self._changed.set()
            self._changed = None
        return arrival

    def last(self, limit: int = KEPT) -> list[Arrival]:
        """The newest `limit`, newest first."""
        newest_first = list(reversed(self._ring))
        return newest_first[:limit]

    async def after(self, number: int, timeout_s: float | None = None) -> list[Arrival]:
        """Those with a greater number, oldest first; waits until there is one, at most `timeout_s`.

        Returns an empty list when the time is over. A reader that fell more than 200 behind misses the
        ones that left the ring and sees it by the gap in the numbers.
        """
        if self._number <= number:
            if self._changed is None:
                self._changed = asyncio.Event()
            try:
                await asyncio.wait_for(self._changed.wait(), timeout_s)
            except TimeoutError:
                return []
        return [arrival for arrival in self._ring if arrival.number > number]


def wrong_path(method: str, path: str, content_type: str, grpc_port: int | None) -> tuple[str, str] | None:
    """(answer, cure) for a request that looks like OTLP sent to an address where none is received.

    None when it does not look like OTLP; the caller then answers a plain 404 and records nothing. `grpc_port` is
    None when no gRPC is received.
    """
    if method not in {"POST", "PUT"}:
        return None
    lower = path.lower()
    media = content_type.partition(";")[0].strip().lower()
    if media in {"application/grpc", "application/grpc+proto"}:
        return "gRPC on the HTTP port", grpc_cure(grpc_port)
    if media == "application/x-protobuf" or any(part in lower for part in _LIKE_OTLP):
        cure = _TRACES
        for signal in ("logs", "metrics"):
            if signal in lower:
                cure = f"OTLP {signal} are received at /v1/{signal}."
        if lower.rstrip("/") != lower and lower.rstrip("/") in {"/v1/traces", "/v1/logs", "/v1/metrics"}:
            cure = f"Send to {lower.rstrip('/')}, without the slash at the end."
        return f"nothing is received at {path[:256]}", cure
    return None


def grpc_cure(grpc_port: int | None) -> str:
    """What to do about gRPC sent to an HTTP port; `grpc_port` is None when no gRPC is received."""
    if grpc_port is None:
        return "This is gRPC, which no port receives here: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf."
    return f"This is gRPC: send it to port {grpc_port}, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf."


def cure_of(error: ThreadlineError) -> str | None:
    """What to do about an answer that both edges give."""
    if isinstance(error, TooLarge):
        return "Send smaller batches (OTEL_BSP_MAX_EXPORT_BATCH_SIZE), or raise the limit that the answer names."
    if isinstance(error, Overloaded):
        return "Exporters repeat this by themselves. If it stays, raise budget_bytes or send less at once."
    return None
