"""One byte budget for everything received, inflated and queued."""

import threading
from types import TracebackType
from typing import Self

from threadline.errors import Overloaded

__all__ = ["REQUEST_BYTES", "Budget", "Lease"]

REQUEST_BYTES = 2_048
"""What a request costs beside its body: buffers, futures, its place in the queue."""


class Budget:
    """Counts bytes in use. Any thread may take and give back."""

    def __init__(self, limit: int) -> None:
        """`limit` is in bytes (setting budget_bytes)."""
        self.limit = limit
        self._used = 0
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        """Bytes in use now."""
        return self._used

    def lease(self) -> "Lease":
        """Room for one request. Raises Overloaded when not even its first bytes fit."""
        return Lease(self)

    def expect(self, count: int) -> None:
        """Raise Overloaded when `count` bytes more would not fit now. Nothing is taken."""
        if self._used + count > self.limit:
            raise Overloaded(
                "ingest_budget_full",
                f"{self._used} of {self.limit} bytes for incoming requests are in use (budget_bytes). "
                "Repeat a little later.",
            )

    def take(self, count: int) -> None:
        """Use `count` bytes more, or raise Overloaded and use none."""
        with self._lock:
            self.expect(count)
            self._used += count

    def give_back(self, count: int) -> None:
        """Stop using `count` bytes."""
        with self._lock:
            self._used -= count


class Lease:
    """What one request uses of the budget: grows while it is read and inflated, is released once.

    As a context manager it is released at the end, unless `hand_over` was called: then the new owner does.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._handed_over = False
        self._taken = 0
        self.grow(REQUEST_BYTES)

    def grow(self, count: int) -> None:
        """Use `count` bytes more. Raises Overloaded; what was taken before stays taken."""
        self._budget.take(count)
        self._taken += count

    def hand_over(self) -> None:
        """From here on somebody else releases it."""
        self._handed_over = True

    def release(self) -> None:
        """Give everything back; doing so again is harmless."""
        taken, self._taken = self._taken, 0
        self._budget.give_back(taken)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._handed_over:
            self.release()
