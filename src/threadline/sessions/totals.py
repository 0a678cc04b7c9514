"""A session's record as a pure function of all its turns: what every store must answer, however it keeps it."""

import math
from base64 import b32encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from threadline.model.session import PREVIEW_CHARACTERS, SET_SHOWN, CountedSet, Session, StoredTrace, Turn
from threadline.model.trace import ToolUse
from threadline.model.values import capped

__all__ = [
    "PAUSE_NS",
    "active_ns",
    "idle_before_ns",
    "in_order",
    "nearest_rank",
    "preview",
    "session_key",
    "summarise",
    "turn_order",
    "turns_of",
]

PAUSE_NS = 5 * 60 * 1_000_000_000
"""From this gap on, the time between two turns is a pause and not activity (DESIGN.md, `active_ms`)."""

_ERROR = 2


@lru_cache(maxsize=2_048)  # each turn of a session asks for it twice; ids are bounded, so this is at most some MB
def session_key(project: str, session_id: str) -> str:
    """The opaque `id` of a session: 26 characters a-z and 2-7 that only (project, session id) decide."""
    name = project.encode("utf-8", "surrogatepass")
    digest = blake2b(len(name).to_bytes(4, "big") + name, digest_size=16)
    digest.update(session_id.encode("utf-8", "surrogatepass"))
    return b32encode(digest.digest()).decode().rstrip("=").lower()


def preview(text: str | None) -> str | None:
    """The first 280 code points with runs of whitespace as one space; None when nothing is left."""
    if text is None:
        return None
    head = text[: 8 * PREVIEW_CHARACTERS]
    collapsed = " ".join(head.split())
    if len(collapsed) < PREVIEW_CHARACTERS and len(text) > len(head):
        collapsed = " ".join(text.split())
    return collapsed[:PREVIEW_CHARACTERS] or None


def nearest_rank(ascending: Sequence[int], p: float) -> int | None:
    """The ceil(p * n)-th smallest, for p above 0 and up to 1; None of nothing."""
    if not ascending:
        return None
    return ascending[max(math.ceil(round(p * len(ascending), 9)), 1) - 1]


def turn_order(trace: StoredTrace) -> tuple[bool, int, bytes]:
    """Sorts turns by (start, trace id), those without a time last."""
    start_ns = trace.record.start_ns
    return start_ns is None, start_ns or 0, trace.trace_id


def in_order(traces: Iterable[StoredTrace]) -> list[StoredTrace]:
    """Turns by (start, trace id)."""
    return sorted(traces, key=turn_order)


def idle_before_ns(before: StoredTrace | None, trace: StoredTrace) -> int | None:
    """From the end of the turn before to this one's start: negative when they overlap."""
    if before is None or before.record.end_ns is None or trace.record.start_ns is None:
        return None
    return trace.record.start_ns - before.record.end_ns


def turns_of(traces: Iterable[StoredTrace]) -> list[Turn]:
    """All turns of a session in order, counted from 1."""
    ordered = in_order(traces)
    before: Sequence[StoredTrace | None] = [None, *ordered]
    return [
        Turn(index, trace, idle_before_ns(previous, trace))
        for index, (previous, trace) in enumerate(zip(before, ordered, strict=False), start=1)
    ]


def active_ns(traces: Sequence[StoredTrace]) -> int | None:
    """The session's duration less the pauses of 5 min or more between neighbouring turns, given in order."""
    duration_ns = _duration_ns(traces)
    if duration_ns is None:
        return None
    gaps = (idle_before_ns(before, trace) for before, trace in pairwise(traces))
    return duration_ns - sum(gap for gap in gaps if gap is not None and gap >= PAUSE_NS)


def summarise(traces: Sequence[StoredTrace]) -> Session:
    """The session that exactly these turns make (at least one, all of one session, in any order).

    Sums are exact over the turns, then answered as at most 2**63 - 1.
    """
    turns = in_order(traces)
    records = [turn.record for turn in turns]
    latencies = sorted(record.latency_ns for record in records if record.latency_ns is not None)
    costs = [record.cost_nano for record in records if record.cost_nano is not None]
    tools = _tools(turns)
    project, session_id = turns[0].project, records[0].session_id or ""
    return Session(
        id=session_key(project, session_id),
        project=project,
        session_id=session_id,
        session_id_source=records[0].session_id_source or "",
        start_ns=min((r.start_ns for r in records if r.start_ns is not None), default=None),
        last_activity_ns=max((r.end_ns for r in records if r.end_ns is not None), default=None),
        duration_ns=_duration_ns(turns),
        active_ns=active_ns(turns),
        turn_count=len(turns),
        span_count=sum(r.span_count for r in records),
        error_count=sum(r.status == _ERROR for r in records),
        last_turn_status=records[-1].status,
        first_input=_first(preview(turn.input) for turn in turns),
        last_output=_first(preview(turn.output) for turn in reversed(turns)),
        user_ids=_counted(r.user_id for r in records if r.user_id is not None),
        models=_counted(model for r in records for model in r.models),
        tools=tuple(tools[:SET_SHOWN]),
        tool_count=len(tools),
        agents=_counted(agent for r in records for agent in r.agents),
        tags=_counted(tag for r in records for tag in r.tags),
        environments=_counted(environment for r in records for environment in r.environments),
        services=_counted(service for r in records for service in r.services),
        metadata=_first(r.metadata for r in records),
        prompt_tokens=capped(sum(r.prompt_tokens for r in records)),
        completion_tokens=capped(sum(r.completion_tokens for r in records)),
        cache_read_tokens=capped(sum(r.cache_read_tokens for r in records)),
        total_tokens=capped(sum(r.total_tokens for r in records)),
        cost_nano=capped(sum(costs)) if costs else None,
        cost_complete=not any(r.unpriced_spans for r in records),
        latency_p50_ns=nearest_rank(latencies, 0.5),
        latency_p95_ns=nearest_rank(latencies, 0.95),
    )


def _duration_ns(traces: Sequence[StoredTrace]) -> int | None:
    starts = [t.record.start_ns for t in traces if t.record.start_ns is not None]
    ends = [t.record.end_ns for t in traces if t.record.end_ns is not None]
    return max(ends) - min(starts) if starts and ends else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _counted(values: Iterable[str]) -> CountedSet:
    distinct = sorted(set(values))
    return CountedSet(tuple(distinct[:SET_SHOWN]), len(distinct))


def _tools(turns: Iterable[StoredTrace]) -> list[ToolUse]:
    calls: dict[str, int] = {}
    errors: dict[str, int] = {}
    for turn in turns:
        for tool in turn.record.tools:
            calls[tool.name] = calls.get(tool.name, 0) + tool.calls
            errors[tool.name] = errors.get(tool.name, 0) + tool.errors
    return [ToolUse(name, calls[name], errors[name]) for name in sorted(calls)]
