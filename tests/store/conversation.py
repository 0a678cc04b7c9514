"""Small readable conversations for the store's tests."""

from typing import Any

from opentelemetry.proto.trace.v1.trace_pb2 import Span
from receive import receive
from traces import BASE, SECOND, key_value, request

from threadline.store.contract import Arrival

__all__ = ["arrival", "trace_id", "turn"]


def trace_id(n: int) -> bytes:
    return n.to_bytes(16, "big")


def turn(n: int, session: str | None = "s", said: str = "hello", answer: str = "hi", **attributes: Any) -> list[Span]:
    """A trace of an AGENT and an LLM call; `n` is its trace id and its place in time."""
    start = attributes.pop("start", BASE + n * 10 * SECOND)
    agent = Span(trace_id=trace_id(n), span_id=b"agent---", name="agent")
    call = Span(trace_id=trace_id(n), span_id=b"llm-----", parent_span_id=b"agent---", name="call")
    agent.start_time_unix_nano, agent.end_time_unix_nano = start, start + attributes.pop("latency", SECOND)
    call.start_time_unix_nano, call.end_time_unix_nano = start + 1, start + 2
    shared = {"user.id": attributes.pop("user", "ann")} | ({} if session is None else {"session.id": session})
    for span, own in (
        (agent, {"openinference.span.kind": "AGENT", "input.value": said, "output.value": answer}),
        (call, {"openinference.span.kind": "LLM", "llm.model_name": "m", "llm.token_count.prompt": 3}),
    ):
        span.attributes.extend(key_value(key, value) for key, value in (shared | own | attributes).items())
    return [agent, call]


def arrival(*spans: Span, project: str = "p") -> Arrival:
    return receive(request([(project, span) for span in spans]))
