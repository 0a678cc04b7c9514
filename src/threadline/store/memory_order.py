"""The order of the reference store's lists, computed from the answers themselves."""

from collections.abc import Sequence
from typing import Any

from threadline.model.session import Session, StoredTrace
from threadline.sessions.totals import summarise
from threadline.store.contract import SESSION_SORTS, SessionQuery

__all__ = ["figures", "newest_first", "place_of", "session_order", "skewed", "trace_order", "value_of"]

SKEW_NS = 5 * 60 * 1_000_000_000


def value_of(query: SessionQuery, session: Session) -> int | None:
    """What the query sorts by."""
    fields = {"last_activity": "last_activity_ns", "start_time": "start_ns", "duration_ms": "duration_ns"}
    fields |= {"cost_usd": "cost_nano", "latency_p95_ms": "latency_p95_ns"}
    value: int | None = getattr(session, fields.get(query.sort, query.sort))
    return value


def figures(turns: Sequence[StoredTrace] | None) -> list[int | None] | None:
    """Of a session, from its turns: everything that lists sort by."""
    if turns is None:
        return None
    session = summarise(turns)
    return [value_of(SessionQuery("", sort=sort), session) for sort in SESSION_SORTS]


def skewed(session: Session, now_ns: int) -> bool:
    """Whether it is of the future."""
    return bool(now_ns) and session.last_activity_ns is not None and session.last_activity_ns > now_ns + SKEW_NS


def place_of(query: SessionQuery, now_ns: int, session: Session) -> tuple[Any, ...]:
    """Where a session stands in the list."""
    return session_order(query, skewed(session, now_ns), value_of(query, session), session.id)


def session_order(query: SessionQuery, late: bool, value: int | None, key: str) -> tuple[Any, ...]:  # noqa: FBT001
    """Ascending in this is the list's order: skewed last, nulls last, ties by key in the sort's direction."""
    sign = -1 if query.descending else 1
    return late, value is None, sign * (value or 0), tuple(sign * ord(character) for character in key)


def newest_first(trace: StoredTrace) -> tuple[Any, ...]:
    """Where a trace stands in the list."""
    return trace_order(trace.record.start_ns, trace.trace_id)


def trace_order(start_ns: int | None, trace_id: bytes) -> tuple[Any, ...]:
    """Ascending in this is the list's order: newest first, without a time last."""
    return start_ns is None, -(start_ns or 0), tuple(-byte for byte in trace_id)
