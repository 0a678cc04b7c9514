"""The one thread that writes: takes waiting requests in groups, commits each group once, answers each request."""

import asyncio
import logging
import queue
from collections.abc import Callable, Sequence
from typing import Any

from threadline.errors import StoreFailed, ThreadlineError
from threadline.ingest.budget import Lease
from threadline.ingest.decode import Decoded
from threadline.ingest.duties import IDLE_WAIT_S, Duties
from threadline.ingest.outcome import Outcome
from threadline.otlp.compression import inflate
from threadline.store.contract import AppendResult, Store

__all__ = ["Answered", "Call", "Request", "Writer"]

log = logging.getLogger(__name__)

GROUP_REQUESTS_MAX = 40
GROUP_SPANS_MAX = 4_000
"""Larger groups commit cheaper but answer later: 4,000 spans take about 0.2 s."""


class Request:
    """A traces request that waits. `lease` covers its bytes until it is answered."""

    __slots__ = ("body", "content", "decoded", "encoding", "future", "lease", "project")

    def __init__(  # noqa: PLR0917  a row of the queue
        self, body: bytes, content: str, encoding: str, project: str | None, lease: Lease, future: asyncio.Future[Any]
    ) -> None:
        self.body = body
        self.content = content
        self.decoded: Decoded | ThreadlineError | None = None
        """What a decoding process made of it, if one did."""
        self.encoding = encoding
        self.project = project
        self.lease = lease
        self.future = future


class Call:
    """Something else to run on this thread."""

    __slots__ = ("call", "future")

    def __init__(self, call: Callable[[], Any], future: asyncio.Future[Any]) -> None:
        self.call = call
        self.future = future


class Answered:
    """What a group came to, handed to the event loop at once."""

    __slots__ = ("answers", "committed", "refused_deleted", "touched")

    def __init__(self) -> None:
        self.answers: list[tuple[asyncio.Future[Any], Outcome | BaseException]] = []
        self.committed = False
        self.refused_deleted = 0
        self.touched: set[tuple[str, str]] = set()


class Writer:
    """Runs until it takes None from the queue; everything before that is done by then."""

    def __init__(  # noqa: PLR0917  its six parts
        self,
        store: Store,
        body_bytes_max: int,
        read: Callable[[bytes, str, str | None], Decoded],
        waiting: "queue.SimpleQueue[Request | Call | None]",
        duties: Duties,
        answer: Callable[[Answered], None],
    ) -> None:
        """`read` decodes (body, content, project); `answer` is called on this thread with each group's answers."""
        self._store = store
        self._body_bytes_max = body_bytes_max
        self._read = read
        self._waiting = waiting
        self._duties = duties
        self._answer = answer

    def run(self) -> None:
        """The thread's whole life."""
        wait_s = IDLE_WAIT_S
        while True:
            try:
                item = self._waiting.get(timeout=wait_s)
            except queue.Empty:
                wait_s = self._duties.when_idle()
                continue
            wait_s = IDLE_WAIT_S
            if isinstance(item, Request):
                item = self._commit_from(item)
            if isinstance(item, Call):
                self._run(item)
            elif item is None:
                return
            self._duties.between_commits()

    def _commit_from(self, first: Request) -> "Request | Call | None":
        """Commit `first` and what waits behind it; returns what was taken and is not done, `first` if nothing."""
        done = Answered()
        group: list[tuple[Request, Decoded]] = []
        spans = taken = 0
        item: Request | Call | None = first
        behind: Request | Call | None = first
        while isinstance(item, Request):
            taken += 1
            decoded = self._decode(item, done)
            if decoded is not None:
                group.append((item, decoded))
                spans += len(decoded.arrival.spans)
            if taken >= GROUP_REQUESTS_MAX or spans >= GROUP_SPANS_MAX:
                break
            try:
                behind = item = self._waiting.get_nowait()
            except queue.Empty:
                break
        self._append(group, done)
        self._answer(done)
        return behind

    def _decode(self, request: Request, done: Answered) -> Decoded | None:
        """None when the request is answered with an error."""
        try:
            body = inflate(request.body, request.encoding, self._body_bytes_max, request.lease.grow)
            decoded = request.decoded or self._read(body, request.content, request.project)
            if isinstance(decoded, ThreadlineError):
                self._fail(request, decoded, done)
                return None
            request.body = b""
            if decoded.arrival.body is not body:  # it was JSON
                request.lease.grow(len(decoded.arrival.body))
        except ThreadlineError as error:
            self._fail(request, error, done)
            return None
        except Exception:
            # The request's boundary: a fault of ours must cost this request alone.
            log.exception("a request could not be decoded")
            fault = ThreadlineError("internal_error", "The request could not be decoded; the server's log says why.")
            self._fail(request, fault, done)
            return None
        return decoded

    def _append(self, group: list[tuple[Request, Decoded]], done: Answered) -> None:
        with_spans = [decoded.arrival for _, decoded in group if decoded.arrival.spans]
        results = iter(self._append_all(with_spans))
        done.committed = bool(with_spans)
        for request, decoded in group:
            result = next(results) if decoded.arrival.spans else AppendResult(0)
            if isinstance(result, ThreadlineError):
                self._fail(request, result, done)
                continue
            request.lease.release()
            done.refused_deleted += result.refused_deleted
            done.touched.update(result.touched)
            done.answers.append((request.future, _outcome(decoded, result)))

    def _append_all(self, arrivals: Sequence[Any]) -> Sequence[AppendResult | ThreadlineError]:
        if not arrivals:
            return ()
        try:
            return self._store.append(arrivals)
        except Exception:
            # The store answers errors one by one; one that it raises is a fault and concerns them all.
            log.exception("a commit failed")
            error = StoreFailed("store_failed", "The store could not keep the request. Repeat a little later.")
            return [error] * len(arrivals)

    def _fail(self, request: Request, error: ThreadlineError, done: Answered) -> None:
        request.lease.release()
        done.answers.append((request.future, error))

    def _run(self, call: Call) -> None:
        done = Answered()
        try:
            done.answers.append((call.future, call.call()))
        except Exception as error:  # noqa: BLE001  the caller gets it
            done.answers.append((call.future, error))
        self._answer(done)


def _outcome(decoded: Decoded, result: AppendResult) -> Outcome:
    message = decoded.message
    if result.refused_deleted:
        refused = f"{result.refused_deleted} spans belong to a deleted session or end user and were refused."
        message = f"{message} {refused}".lstrip()
    return Outcome(
        spans=decoded.span_count,
        kept=result.kept,
        rejected=decoded.rejected + result.refused_deleted,
        message=message,
        projects=decoded.projects,
        session_id_key=decoded.session_id_key,
    )
