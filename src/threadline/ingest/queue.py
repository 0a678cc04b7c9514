"""The road from received bytes to a durable commit: one byte budget, one writer thread, group commit."""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from threadline.conventions import PriceTable
from threadline.conventions.prices import BUILT_IN
from threadline.errors import Overloaded, StoreFailed, ThreadlineError
from threadline.ingest.budget import Budget, Lease
from threadline.ingest.declined import decline
from threadline.ingest.decode import decode
from threadline.ingest.duties import Duties
from threadline.ingest.outcome import Counters, Outcome
from threadline.ingest.workers import DecodingWorker
from threadline.ingest.writer import Answered, Call, Request, Writer
from threadline.model.limits import Limits
from threadline.store.contract import Store

__all__ = ["Counters", "Ingest", "Outcome"]

log = logging.getLogger(__name__)

T = TypeVar("T")
Listener = Callable[[Sequence[tuple[str, str]]], None]


class Ingest:
    """Takes requests from the edges, gives them to the store in groups, answers each for itself.

    Lives on one asyncio event loop and owns one thread, the only one that writes to the store.

        ingest = Ingest(store, limits)
        ingest.start()                       # on the running loop
        with ingest.budget.lease() as lease:
            lease.grow(len(body))
            outcome = await ingest.submit(body, lease, content="protobuf")   # after fsync
        await ingest.run(lambda: store.delete_session(...))
        await ingest.stop()                  # drains what was accepted; does not close the store
    """

    def __init__(
        self,
        store: Store,
        limits: Limits,
        *,
        prices: PriceTable = BUILT_IN,
        decoding_process: bool = False,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`decoding_process` allows one child process that decodes while the load is high.

        `clock_s` counts seconds, monotonic; only the rhythm of background work and the child's depend on it.
        """
        self.budget = Budget(limits.budget_bytes)
        self.counters = Counters()
        self._store = store
        self._limits = limits
        self._prices = prices
        self._clock_s = clock_s
        self._listeners: list[Listener] = []
        self._queue: queue.SimpleQueue[Request | Call | None] = queue.SimpleQueue()
        self._unanswered = 0
        self._thread: threading.Thread | None = None
        self._worker: DecodingWorker | None = None
        if decoding_process:
            self._worker = DecodingWorker(limits, prices, self._queue.put, clock_s)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.store_failure: StoreFailed | None = None
        """Why the last commit kept nothing; None while commits succeed."""

    @property
    def waiting(self) -> int:
        """Requests that wait for the writer, about."""
        return self._queue.qsize()

    def start(self) -> None:
        """Start the writer thread. Call it on the running event loop, once."""
        self._loop = asyncio.get_running_loop()
        duties = Duties(self._store, self._clock_s, self._background_failed)
        read = partial(decode, limits=self._limits, prices=self._prices)
        writer = Writer(self._store, self._limits.body_bytes_max, read, self._queue, duties, self._answer_soon)
        self._thread = threading.Thread(target=writer.run, name="threadline-writer", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Refuse new requests, finish those accepted, end the thread. Doing so again is harmless."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if self._worker is not None:
            await asyncio.to_thread(self._worker.stop)
        self._queue.put(None)
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0)  # the answers that the thread left on the loop

    async def submit(
        self, body: bytes, lease: Lease, *, content: str, encoding: str = "", project: str | None = None
    ) -> Outcome:
        """Keep the spans of a traces request; returns when they are durable.

        `body` as received, `content` is `protobuf` or `json`, `encoding` the Content-Encoding header,
        `project` the x-project-name header. `lease` must cover the body already; from here on it belongs
        to the queue, which lets it grow by what inflating needs and releases it, also if the caller is
        cancelled. Raises Overloaded, UndecodableBody, TooLarge, UnsupportedMediaType, StoreFailed.
        """
        request = Request(body, content, encoding, project, lease, self._future())
        lease.hand_over()
        self.counters.requests += 1
        self._unanswered += 1
        self.counters.bytes_received += len(body)
        if self._worker is None or not self._worker.offer(request, self._unanswered):
            self._queue.put(request)
        try:
            outcome: Outcome = await request.future
        except ThreadlineError:
            self.counters.requests_failed += 1
            raise
        finally:
            self._unanswered -= 1
        return outcome

    async def decline(self, signal: str, body: bytes, lease: Lease, *, content: str, encoding: str = "") -> Outcome:
        """Answer a `logs` or `metrics` request: nothing of it is kept, and the outcome says how much.

        Parameters and errors as for `submit`; `lease` stays the caller's.
        """
        return await asyncio.to_thread(decline, signal, body, lease, self._limits, content=content, encoding=encoding)

    async def run(self, call: Callable[[], T]) -> T:
        """Run a write (a deletion, an annotation) on the writer thread, between two commits."""
        future = self._future()
        self._queue.put(Call(call, future))
        result: T = await future
        return result

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` on the event loop after each commit with the (project, session key) that changed.

        Returns a function that ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def notify(self, touched: Sequence[tuple[str, str]]) -> None:
        """Tell the listeners of sessions that changed by a `run`."""
        for listener in tuple(self._listeners):
            listener(touched)

    def _future(self) -> asyncio.Future[Any]:
        if self._thread is None or self._loop is None:
            raise Overloaded("stopping", "The server is stopping. Repeat a little later.")
        return self._loop.create_future()

    def _answer_soon(self, done: Answered) -> None:
        assert self._loop is not None  # noqa: S101  start() set it
        self._loop.call_soon_threadsafe(self._answer, done)

    def _answer(self, done: Answered) -> None:
        counters = self.counters
        counters.commits += done.committed
        counters.spans_refused_deleted += done.refused_deleted
        if done.committed:
            self._note_failure([result for _, result in done.answers])
        for future, result in done.answers:
            if isinstance(result, Outcome):
                counters.spans_received += result.spans
                counters.spans_kept += result.kept
                counters.spans_rejected += result.rejected
            if not future.done():  # its caller may have gone
                if isinstance(result, BaseException):
                    future.set_exception(result)
                else:
                    future.set_result(result)
        if done.touched:
            self.notify(sorted(done.touched))

    def _note_failure(self, results: Sequence[Outcome | BaseException]) -> None:
        """A commit that keeps nothing is told to the log once, and so is the first that succeeds again."""
        before = self.store_failure
        failures = [result for result in results if isinstance(result, StoreFailed)]
        kept = any(isinstance(result, Outcome) and result.kept for result in results)
        self.store_failure = failures[0] if failures and not kept else None
        if self.store_failure is not None and before is None:
            log.error("Nothing can be kept: %s", self.store_failure.message)
        elif self.store_failure is None and before is not None:
            log.warning("Spans are kept again.")

    def _background_failed(self) -> None:
        self.counters.background_failures += 1
