"""The road from received bytes to a durable commit: one byte budget, one writer thread, group commit."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from threadline.model.limits import Limits
from threadline.store.contract import Store

__all__ = ["Counters", "Ingest", "Outcome"]

T = TypeVar("T")
Listener = Callable[[Sequence[tuple[str, str]]], None]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one request's spans, all durable when this exists."""

    spans: int
    """Spans in the request."""
    kept: int
    rejected: int
    """Spans not kept: unreadable, over a limit, or deleted before."""
    message: str
    """Why, for a person; '' when all were kept."""
    projects: tuple[str, ...]
    session_id_key: str | None
    """Which key carried a session id; None when no span had one."""


class Counters(msgspec.Struct):
    """Totals since the start, for /metrics."""

    requests: int = 0
    requests_failed: int = 0
    requests_refused: int = 0
    """Answered Overloaded."""
    bytes_received: int = 0
    spans_received: int = 0
    spans_kept: int = 0
    spans_rejected: int = 0
    spans_refused_deleted: int = 0
    commits: int = 0
    background_failures: int = 0


class Ingest:
    """Takes requests from the edges, gives them to the store in groups, answers each for itself.

    Lives on one asyncio event loop and owns one thread, the only one that writes to the store.

        ingest = Ingest(store, limits)
        ingest.start()                       # on the running loop
        outcome = await ingest.submit(...)   # after fsync
        await ingest.run(lambda: store.delete_session(...))
        await ingest.stop()                  # drains what was accepted; does not close the store
    """

    def __init__(self, store: Store, limits: Limits, *, decoding_process: bool = False) -> None:
        """`decoding_process` allows one child process that decodes while the load is high."""
        self.counters = Counters()

    def start(self) -> None:
        """Start the writer thread. Call it on the running event loop."""

    async def stop(self) -> None:
        """Refuse new requests, finish those accepted, end the thread."""

    async def run(self, call: Callable[[], T]) -> T:
        """Run a write (a deletion, an annotation) on the writer thread, between two commits."""
        raise NotImplementedError

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` on the event loop after each commit with the (project, session key) that changed.

        Returns a function that ends it.
        """
        raise NotImplementedError
