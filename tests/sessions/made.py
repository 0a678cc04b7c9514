"""Facts, traces and turns made by hand."""

import msgspec

from threadline.model.facts import SessionIdCandidate, SpanFacts
from threadline.model.session import StoredTrace
from threadline.model.trace import TraceRecord
from threadline.sessions.fold import fold

S = 10**9


def sid(name: str) -> bytes:
    """A span id that sorts as its name."""
    return name.encode().rjust(8, b"0")


def fact(label: str, /, parent: str | None = None, start: int = 1, end: int | None = None, **fields) -> SpanFacts:
    """The facts of a span; `session` is shorthand for (key rank, id)."""
    session = fields.pop("session", None)
    if session is not None:
        fields["session_ids"] = tuple(SessionIdCandidate(rank, f"key{rank}", value) for rank, value in session)
    known = {"status": 0, "status_message": "", "name": label, "kind": "", "size": 10, "digest": label.encode()}
    if any(key in fields for key in ("prompt_tokens", "completion_tokens", "total_tokens")):
        known["carries_tokens"] = True
    return SpanFacts(
        span_id=sid(label),
        parent_span_id=None if parent is None else sid(parent),
        start_ns=start,
        end_ns=start + 1 if end is None else end,
        **(known | fields),
    )


def record(*facts: SpanFacts) -> TraceRecord:
    """The fold of these."""
    return fold({f.span_id: f for f in facts})


EMPTY = record(fact("root"))


def trace(number: int, start: int | None, end: int | None = None, **fields) -> StoredTrace:
    """A turn that ran from `start` to `end` (seconds)."""
    sides = {side: fields.pop(side, None) for side in ("input", "output")}
    start_ns = None if start is None else start * S
    end_ns = start_ns if end is None else end * S
    latency = None if start_ns is None or end_ns is None else end_ns - start_ns
    known = {"start_ns": start_ns, "end_ns": end_ns, "latency_ns": latency, "session_id": "s", "session_id_source": "k"}
    return StoredTrace("p", bytes([number]) * 16, msgspec.structs.replace(EMPTY, **(known | fields)), **sides)
