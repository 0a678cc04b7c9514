"""What a fold needs to know of one span: small, serialisable, free of any convention."""

import msgspec

from threadline.model.values import capped

__all__ = ["NO_TEXT", "SessionIdCandidate", "SpanFacts", "SpanTexts"]

NO_TEXT = 9
"""The rank of a side on which a span says nothing."""


class SessionIdCandidate(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A session id that a span carries, and under which key."""

    rank: int
    """Place of the key in the precedence list, 0 first (conventions/session_ids.py)."""
    key: str
    """The attribute key as sent; `resource:KEY` when the resource carried it."""
    value: str


class SpanFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The facts of one span. Times are ns, folded to 0 .. 2**63 - 1; money is nano-USD."""

    span_id: bytes
    parent_span_id: bytes | None
    start_ns: int
    """The end where the start was 0; 0 when both were: a span without a time."""
    end_ns: int
    """0 while the span is open."""
    status: int
    status_message: str
    name: str
    kind: str
    """OpenInference's span kind in upper case (LLM, AGENT, TOOL ...), unknown ones kept; '' if none."""
    size: int
    """Bytes of the span's protobuf form. With `digest` it orders two versions of a span."""
    digest: bytes
    """8 bytes over the span, its resource and its scope: equal digests are the same version."""
    session_ids: tuple[SessionIdCandidate, ...] = ()
    """All that the span carries, best first."""
    session_id_too_long: str = ""
    """The key whose value was longer than 4,096 characters and so counts as absent."""
    user_id: str | None = None
    user_rank: int = NO_TEXT
    model: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cache_read_tokens: int | None = None
    reported_cost_nano: int | None = None
    computed_cost_nano: int | None = None
    """From the price table, chosen by the span's start; None when no price is known."""
    tool: str | None = None
    """The tool's name when the kind is TOOL."""
    agent: str | None = None
    tags: tuple[str, ...] = ()
    service: str | None = None
    environment: str | None = None
    metadata: str | None = None
    """JSON object, at most 16 KiB; None when absent or not an object."""
    first_token_ns: int | None = None
    """When the first token came, from a streaming LLM span."""
    input_rank: int = NO_TEXT
    """1 explicit or plain text, 2 messages, 3 read out of a JSON envelope, 4 JSON as it is, 9 nothing."""
    output_rank: int = NO_TEXT
    annotates: bool = False
    """True for an EVALUATOR carrier: alone in its trace it makes no turn."""
    carries_tokens: bool = False
    content: tuple[str, ...] = ()
    """Of `audio`, `file`, `image`, in this order: what the span brings beside words, the resent history aside."""

    @property
    def latency_ns(self) -> int | None:
        """None while open or negative."""
        return self.end_ns - self.start_ns if self.end_ns and 0 < self.start_ns <= self.end_ns else None

    @property
    def tokens(self) -> int | None:
        """Its own, before anything is counted once per trace; None when it carries none."""
        if self.total_tokens is not None or not self.carries_tokens:
            return self.total_tokens
        return (self.prompt_tokens or 0) + (self.completion_tokens or 0)

    @property
    def cost_nano(self) -> int | None:
        """Its own: reported, else computed; at most 2**63 - 1."""
        cost = self.computed_cost_nano if self.reported_cost_nano is None else self.reported_cost_nano
        return None if cost is None else capped(cost)


class SpanTexts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the person said and what came back, as one span tells it. At most 64 KiB of UTF-8 a side."""

    input: str | None = None
    output: str | None = None
    input_mime_type: str = "text/plain"
    output_mime_type: str = "text/plain"
