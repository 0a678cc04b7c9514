"""The facts of the trace read last, so that a walk over 100,000 spans does not read them all for each page."""

from collections.abc import Callable, Sequence

import msgspec

from threadline.model.facts import SpanFacts
from threadline.model.session import StoredTrace
from threadline.store.contract import Store

__all__ = ["TraceFacts", "TraceRead"]


class TraceRead(msgspec.Struct, frozen=True):
    """All spans of a trace in short, by (start, span id), and their ids."""

    facts: Sequence[SpanFacts]
    arrived: frozenset[bytes]


class TraceFacts:
    """Remembers one trace until anything is committed: what is answered is never older than the store."""

    def __init__(self, store: Store, commits: Callable[[], int]) -> None:
        """`commits` counts durable commits; while it stands still, the store does."""
        self._store = store
        self._commits = commits
        self._last: tuple[tuple[int, StoredTrace], TraceRead] | None = None

    def of(self, trace: StoredTrace) -> TraceRead:
        """Blocks while it reads. Safe from several threads: the worst is that two read the same."""
        key = self._commits(), trace
        last = self._last
        if last is not None and last[0] == key:
            return last[1]
        facts = self._store.trace_facts(trace.project, trace.trace_id)
        found = TraceRead(facts, frozenset(one.span_id for one in facts))
        self._last = key, found
        return found
