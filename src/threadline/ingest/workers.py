"""Decoding in one child process while the load is high: the writer's thread then has the store to itself.

A request that the child cannot take, or had when it died, is decoded by the writer as ever.
"""

import contextlib
import logging
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from threadline.conventions import PriceTable
from threadline.errors import ThreadlineError
from threadline.ingest.decoding_process import read_answer, understood, write_request
from threadline.ingest.writer import Request
from threadline.model.limits import Limits
from threadline.otlp.compression import inflate

__all__ = ["DecodingWorker"]

log = logging.getLogger(__name__)

WORTH_BYTES = 16 * 1024
"""A smaller body costs less to decode here than to send away."""
STARTS_WHEN_WAITING = 3.0
STARTS_AFTER_S = 0.5
"""So many requests unanswered on average for so long mean that the writer does not keep up by itself."""
AVERAGED_OVER = 32
ENDS_AFTER_IDLE_S = 20.0
IN_HAND_MAX = 12
"""Requests with the child; more are decoded by the writer, so that both have work."""
_RUN = "import sys; sys.path.insert(0, sys.argv[1]); from threadline.ingest.decoding_process import main; main()"


class DecodingWorker:
    """Starts and ends the child by the load it sees. `offer` and `stop` are called on the event loop."""

    def __init__(
        self, limits: Limits, prices: PriceTable, deliver: Callable[[Request], None], clock_s: Callable[[], float]
    ) -> None:
        """`deliver` puts a request into the writer's queue, decoded or not; any thread calls it."""
        self._limits = limits
        self._prices = prices
        self._deliver = deliver
        self._clock_s = clock_s
        self._waiting = 0.0
        self._busy_since: float | None = None
        self._child: _Child | None = None

    @property
    def running(self) -> bool:
        """Whether a child is there to take requests."""
        return self._child is not None and self._child.alive

    def offer(self, request: Request, waiting: int) -> bool:
        """Take the request if it is worth it and there is room. `waiting` is how many are unanswered."""
        child = self._child
        if child is None or not child.alive:
            self._child = None
            self._start_when_busy(waiting)
            return False
        if len(request.body) < WORTH_BYTES or child.in_hand >= IN_HAND_MAX:
            return False
        return child.take(request)

    def stop(self) -> None:
        """Let the child finish what it has in hand, deliver it, and end it. Blocks."""
        child, self._child = self._child, None
        if child is not None:
            child.finish()

    def _start_when_busy(self, waiting: int) -> None:
        now = self._clock_s()
        self._waiting += (waiting - self._waiting) / AVERAGED_OVER  # a group is answered at once: it goes up and down
        if self._waiting < STARTS_WHEN_WAITING:
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since = now
        elif now - self._busy_since >= STARTS_AFTER_S:
            self._busy_since = None
            self._child = _Child(self._limits, self._prices, self._deliver)


class _Child:
    """The process and two threads that speak with it: one sends, one receives, so that no full pipe blocks both."""

    def __init__(self, limits: Limits, prices: PriceTable, deliver: Callable[[Request], None]) -> None:
        self.alive = True
        self.in_hand = 0
        self._settings = (limits, prices)
        self._body_bytes_max = limits.body_bytes_max
        self._deliver = deliver
        self._lock = threading.Lock()
        self._to_send: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._sent: deque[Request] = deque()
        self._sending = threading.Thread(target=self._send_all, name="threadline-decoding-send", daemon=True)
        self._sending.start()

    def take(self, request: Request) -> bool:
        """False when it has ended meanwhile."""
        with self._lock:
            if self.alive:
                self.in_hand += 1
                self._to_send.put(request)
            return self.alive

    def finish(self) -> None:
        """Deliver what is in hand and end. Blocks."""
        self._to_send.put(None)
        self._sending.join()

    def _send_all(self) -> None:
        try:
            self._converse()
        except (queue.Empty, OSError) as reason:  # idle for a while; or it did not start, or is gone
            log.info("the decoding process ended: %r", reason)
        finally:
            with self._lock:
                self.alive = False
            # Whatever happened, nobody waits for ever: the writer decodes what is left.
            while self._sent:
                self._hand_back(self._sent.popleft())
            while not self._to_send.empty():
                if (request := self._to_send.get()) is not None:
                    self._hand_back(request)

    def _converse(self) -> None:
        root = Path(__file__).parents[2]
        with subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-c", _RUN, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            stdin, stdout = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
            receiving = threading.Thread(target=self._receive_all, args=(stdout,), name="threadline-decoding-receive")
            receiving.start()
            try:
                pickle.dump(self._settings, stdin)
                while (request := self._to_send.get(timeout=ENDS_AFTER_IDLE_S)) is not None:
                    self._send(request, stdin)
            finally:
                with contextlib.suppress(OSError):
                    stdin.close()  # the child ends when it has read all
                receiving.join()

    def _send(self, request: Request, stdin: BinaryIO) -> None:
        try:
            request.body = inflate(request.body, request.encoding, self._body_bytes_max, request.lease.grow)
            request.encoding = ""
        except ThreadlineError as error:
            request.decoded = error
            self._hand_back(request)
            return
        self._sent.append(request)
        write_request(stdin, request.body, request.content, request.project)

    def _receive_all(self, stdout: BinaryIO) -> None:
        try:
            with contextlib.suppress(EOFError, OSError):
                while True:
                    answer = read_answer(stdout)
                    self._sent[0].decoded = understood(*answer, self._sent[0].body)
                    self._hand_back(self._sent.popleft())
        finally:
            self._to_send.put(None)

    def _hand_back(self, request: Request) -> None:
        with self._lock:
            self.in_hand -= 1
        self._deliver(request)
