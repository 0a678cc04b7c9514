"""What the writer thread does between two commits: index, fold what was put off, maintain."""

import logging
from collections.abc import Callable

from threadline.store.contract import Store

__all__ = ["IDLE_WAIT_S", "Duties"]

log = logging.getLogger(__name__)

INDEX_EVERY_S = 0.5
INDEX_BEHIND_EVERY_S = 0.15
"""While turns wait to be indexed: search must find them within 2 s of the acknowledgement."""
FOLD_EVERY_S = 1.0
AFTER_FAILURE_S = 5.0
IDLE_WAIT_S = 0.25
"""Until the next look at what is due, when nothing arrives and nothing is left to do."""


class Duties:
    """Decides which duty is due. All calls come from the writer thread; `clock_s` counts seconds, monotonic."""

    def __init__(self, store: Store, clock_s: Callable[[], float], failed: Callable[[], None]) -> None:
        """`failed` is called once for each duty that raised."""
        self._store = store
        self._clock_s = clock_s
        self._failed = failed
        self._index_at = 0.0
        self._fold_at = 0.0
        self._not_before = 0.0

    def between_commits(self) -> None:
        """A bounded step of what is due under load."""
        now = self._clock_s()
        if now < self._not_before:
            return
        if now >= self._index_at:
            left = self._run(self._store.index_pending)
            self._index_at = self._clock_s() + (INDEX_BEHIND_EVERY_S if left else INDEX_EVERY_S)
        if now >= self._fold_at:
            self._run(self._store.fold_pending)
            self._fold_at = self._clock_s() + FOLD_EVERY_S

    def when_idle(self) -> float:
        """One step of everything, as nothing waits. Returns how many seconds to rest before the next one.

        While more is left to do, that is as long as the step took: half of the core, and of the interpreter,
        belongs to those who read.
        """
        begun = self._clock_s()
        if begun < self._not_before:
            return IDLE_WAIT_S
        left = [self._run(duty) for duty in (self._store.index_pending, self._fold_all, self._store.maintain)]
        return min(self._clock_s() - begun, IDLE_WAIT_S) if any(left) else IDLE_WAIT_S

    def _fold_all(self) -> int:
        self._store.fold_pending()
        return 0

    def _run(self, duty: Callable[[], int | bool]) -> int:
        """What the duty returned; 0 when it failed, which is logged and counted and puts all off for a while."""
        try:
            return duty()
        except Exception:
            # The background loop's boundary: its thread must live on, or nothing is written any more.
            self._failed()
            log.exception("background work failed and will be tried again")
            self._not_before = self._clock_s() + AFTER_FAILURE_S
            return 0
