"""A trace folded from the facts of its spans: one turn of its session, if it has one."""

import msgspec

from threadline.model.facts import SessionIdCandidate

__all__ = ["ToolUse", "TraceRecord"]


class ToolUse(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How often a tool was called, and how often that failed."""

    name: str
    calls: int
    errors: int


class TraceRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What `sessions.fold` makes of a trace. Sums are integers: tokens, nano-USD, ns.

    A sum of tokens or nano-USD that passes 2**63 - 1 is 2**63 - 1: still a function of the set of spans alone.
    """

    root_span_id: bytes
    name: str
    start_ns: int | None
    """Earliest start; None when no span has a time."""
    end_ns: int | None
    """Latest end, or start of an open span; None when no span has a time."""
    latency_ns: int | None
    """Root end - root start; None while open or negative."""
    status: int
    """0 unset, 1 ok, 2 error: the root's if set, else error if any span is."""
    status_message: str
    span_count: int
    is_turn: bool
    session_id: str | None = None
    session_id_source: str | None = None
    """The key that supplied the id."""
    other_session_ids: tuple[SessionIdCandidate, ...] = ()
    user_id: str | None = None
    models: tuple[str, ...] = ()
    tools: tuple[ToolUse, ...] = ()
    agents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    metadata: str | None = None
    """JSON object of the span that ranks first (the root, else the earliest)."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    cache_read_tokens: int = 0
    cost_nano: int | None = None
    """None when nothing is known."""
    unpriced_spans: int = 0
    """Counted spans without a price; 0 means the cost is complete."""
    llm_ns: int = 0
    """Time covered by at least one LLM span."""
    tool_ns: int = 0
    first_token_ns: int | None = None
    """Time from the trace's start to the first token; None when not known."""
    input_span_id: bytes | None = None
    """The span whose text is what the person said."""
    output_span_id: bytes | None = None
    kinds: tuple[str, ...] = ()
    """Of its spans, in upper case."""
    content: tuple[str, ...] = ()
    """Of `audio`, `file`, `image`, in this order: what any of its spans brings beside words."""
