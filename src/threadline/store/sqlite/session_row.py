"""A session's row: columns that SQL sorts and sums, `shown` that a reader needs too, `state` for the next change."""

from typing import Any, TypeAlias

import msgspec

from threadline.model.session import CountedSet, Hits, Session
from threadline.model.trace import ToolUse

__all__ = [
    "COLUMNS",
    "COMMON",
    "KINDS",
    "STATUSES",
    "Holder",
    "Pointer",
    "Shown",
    "SmallTurn",
    "State",
    "tie_of",
    "to_session",
]

USER, MODEL, TOOL, AGENT, TAG, ENVIRONMENT, SERVICE, OTHER_ID, KIND, STATUS, CONTENT, METADATA, SESSION_ID = range(13)
"""`session_value.kind`. From KIND on they are not in `Shown.sets`; SESSION_ID is a kind of `value` alone."""
STATUSES = ("unset", "ok", "error")
"""The values of STATUS, in OpenTelemetry's order."""
COMMON = (
    *((KIND, kind) for kind in ("AGENT", "CHAIN", "EMBEDDING", "EVALUATOR", "GUARDRAIL", "LLM", "PROMPT")),
    *((KIND, kind) for kind in ("RERANKER", "RETRIEVER", "TOOL", "UNKNOWN")),
    *((STATUS, status) for status in STATUSES),
    *((CONTENT, content) for content in ("audio", "file", "image")),
)
"""What nearly every turn brings some of: counted in `State.common`, so that a further turn writes no row for them.
Their `session_value.n` is 1. Places in this list are stored: it only grows at its end."""
KINDS = {
    "user": USER,
    "model": MODEL,
    "tool": TOOL,
    "agent": AGENT,
    "tag": TAG,
    "environment": ENVIRONMENT,
    "service": SERVICE,
}
"""Facet -> `session_value.kind`."""

COLUMNS = (
    "id, key, project, session_id, last_activity, start_time, duration, turn_count, span_count, error_count, "
    "prompt_tokens, completion_tokens, total_tokens, cost, unpriced, latency_p50, latency_p95, shown"
)
"""What `to_session` reads, in this order."""


class Shown(msgspec.Struct, array_like=True):
    """What only a reader needs."""

    source: str = ""
    last_turn_status: int = 0
    cache_read_tokens: int = 0
    pauses_ns: int = 0
    """Sum of the pauses of 5 min or more between neighbouring turns."""
    first_input: str | None = None
    last_output: str | None = None
    metadata: str | None = None
    sets: list[tuple[list[str], int]] = []
    """By kind (TOOL stays empty): the first values and how many there are."""
    tools: list[ToolUse] = []
    tool_count: int = 0


class SmallTurn(msgspec.Struct, array_like=True, gc=False):
    """A turn of a small session, so that its next change looks nothing up. Sorts by (place, trace id)."""

    place: int
    trace_id: bytes
    pk: int
    end: int | None
    latency: int | None
    status: int
    said: int


class Pointer(msgspec.Struct, array_like=True, gc=False):
    """A percentile of a large session: the turn that holds it and how many stand below."""

    value: int
    pk: int
    below: int


Holder: TypeAlias = tuple[int, int]
"""(place, row) of the turn that a shown value came from."""


class State(msgspec.Struct, array_like=True):
    """What only the next change needs."""

    costs: int = 0
    """Turns with a known cost."""
    latencies: int = 0
    """Turns with a latency."""
    first: Holder | None = None
    first_input: Holder | None = None
    last_output: Holder | None = None
    metadata: Holder | None = None
    small: list[SmallTurn] | None = []
    """All turns in order; None in a large session."""
    p50: Pointer | None = None
    p95: Pointer | None = None
    wide: dict[str, str] = {}
    """Sums beyond 2**63 - 1, in decimal, by name: the row holds 2**63 - 1, the next change starts from these."""
    common: dict[int, int] = {}
    """Place in COMMON -> turns that bring it; none at 0."""
    late: dict[int, int] = {}
    """kind * 20 + place among `Shown.sets[kind]` -> turns that `n` in its row lacks. Tools have none."""


def tie_of(key: str) -> int:
    """A number that orders like the session key: its first 60 bits (two sessions share one in 10**18).

    Raises ValueError for what is no key.
    """
    return int(key[:12].translate(_DIGITS), 32)


_DIGITS = str.maketrans("234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv")
"""From the alphabet of session keys, in the order of its characters, to Python's digits."""

_decode_shown = msgspec.msgpack.Decoder(Shown).decode


def to_session(row: tuple[Any, ...], project: str, hits: Hits | None = None) -> Session:
    """A session as answered, from COLUMNS."""
    (_, key, _, session_id, last, start, duration, turns, spans, errors, prompt, completion, total, cost, unpriced) = (
        row[:15]
    )
    shown: Shown = _decode_shown(row[17])
    sets = [CountedSet(tuple(values), count) for values, count in shown.sets]
    return Session(
        id=key,
        project=project,
        session_id=session_id,
        session_id_source=shown.source,
        start_ns=start,
        last_activity_ns=last,
        duration_ns=duration,
        active_ns=None if duration is None else duration - shown.pauses_ns,
        turn_count=turns,
        span_count=spans,
        error_count=errors,
        last_turn_status=shown.last_turn_status,
        first_input=shown.first_input,
        last_output=shown.last_output,
        user_ids=sets[USER],
        models=sets[MODEL],
        tools=tuple(shown.tools),
        tool_count=shown.tool_count,
        agents=sets[AGENT],
        tags=sets[TAG],
        environments=sets[ENVIRONMENT],
        services=sets[SERVICE],
        metadata=shown.metadata,
        prompt_tokens=prompt,
        completion_tokens=completion,
        cache_read_tokens=shown.cache_read_tokens,
        total_tokens=total,
        cost_nano=cost,
        cost_complete=not unpriced,
        latency_p50_ns=row[15],
        latency_p95_ns=row[16],
        hits=hits,
    )
