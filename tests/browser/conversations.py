"""Conversations as OpenInference producers send them, in OTLP protobuf."""

import hashlib
import itertools
import json
import time
from collections.abc import Iterable, Mapping

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span, Status

Value = str | int | float | bool
SECOND = 1_000_000_000
_numbers = itertools.count(1)


def trace_id() -> bytes:
    """A new id in each call, the same in each run."""
    return hashlib.blake2b(f"trace {next(_numbers)}".encode(), digest_size=16).digest()


def span_id() -> bytes:
    return hashlib.blake2b(f"span {next(_numbers)}".encode(), digest_size=8).digest()


def now_ns() -> int:
    return time.time_ns()


def span(
    name: str,
    attributes: Mapping[str, Value],
    *,
    trace: bytes,
    parent: bytes = b"",
    start_ns: int,
    ms: float = 100,
    error: str | None = None,
) -> Span:
    """One span. `error` is its status message."""
    return Span(
        trace_id=trace,
        span_id=span_id(),
        parent_span_id=parent,
        name=name,
        start_time_unix_nano=start_ns,
        end_time_unix_nano=start_ns + int(ms * 1_000_000),
        attributes=[KeyValue(key=key, value=_any(value)) for key, value in attributes.items()],
        status=Status(code=Status.STATUS_CODE_ERROR, message=error) if error is not None else None,
    )


def request(project: str, spans: Iterable[Span]) -> bytes:
    """The spans as one export request of the project."""
    resource = ResourceSpans(scope_spans=[ScopeSpans(spans=list(spans))])
    resource.resource.attributes.append(
        KeyValue(key="openinference.project.name", value=AnyValue(string_value=project))
    )
    return ExportTraceServiceRequest(resource_spans=[resource]).SerializeToString()


def turn(
    session: str | None,
    said: str,
    answered: str,
    *,
    start_ns: int,
    ms: float = 1200,
    user: str = "",
    tokens: tuple[int, int] = (100, 20),
    extra: Mapping[str, Value] | None = None,
) -> list[Span]:
    """One question and its answer: an AGENT with an LLM below."""
    trace = trace_id()
    common: dict[str, Value] = {} if session is None else {"session.id": session}
    if user:
        common["user.id"] = user
    root = span(
        "support_agent",
        {
            "openinference.span.kind": "AGENT",
            "input.value": said,
            "output.value": answered,
            **common,
            **(extra or {}),
        },
        trace=trace,
        start_ns=start_ns,
        ms=ms,
    )
    model = span(
        "chat gpt-5-mini",
        llm([("user", said)], answered, tokens=tokens) | common,
        trace=trace,
        parent=root.span_id,
        start_ns=start_ns + 1_000_000,
        ms=ms * 0.8,
    )
    return [root, model]


def llm(said: Iterable[tuple[str, str]], answered: str, *, tokens: tuple[int, int] = (100, 20)) -> dict[str, Value]:
    """The attributes of an LLM span."""
    attributes: dict[str, Value] = {
        "openinference.span.kind": "LLM",
        "llm.model_name": "gpt-5-mini",
        "llm.token_count.prompt": tokens[0],
        "llm.token_count.completion": tokens[1],
        "llm.token_count.total": sum(tokens),
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": answered,
    }
    for at, (role, content) in enumerate(said):
        attributes[f"llm.input_messages.{at}.message.role"] = role
        attributes[f"llm.input_messages.{at}.message.content"] = content
    return attributes


def refund_turn(session: str, *, start_ns: int, user: str = "mara.k") -> list[Span]:
    """A turn in which a tool fails: agent, model that asks for the tool, tool, model that answers."""
    trace = trace_id()
    common: dict[str, Value] = {"session.id": session, "user.id": user}
    root = span(
        "support_agent",
        {
            "openinference.span.kind": "AGENT",
            "input.value": "yes, refund the card ending 88",
            "output.value": "I could not start the refund just now.",
            **common,
        },
        trace=trace,
        start_ns=start_ns,
        ms=10_900,
        error="TimeoutError: payments did not answer in 10 s",
    )
    arguments = json.dumps({"payment_id": "p_7731", "amount": 49.0, "reason": "duplicate"})
    asked = llm([("user", "yes, refund the card ending 88")], "") | {
        "llm.output_messages.0.message.tool_calls.0.tool_call.id": "call_1",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "create_refund",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": arguments,
    }
    del asked["llm.output_messages.0.message.content"]
    first = span("chat gpt-5-mini", asked, trace=trace, parent=root.span_id, start_ns=start_ns + 1_000_000, ms=400)
    tool = span(
        "create_refund",
        {
            "openinference.span.kind": "TOOL",
            "tool.name": "create_refund",
            "input.value": arguments,
            "input.mime_type": "application/json",
        },
        trace=trace,
        parent=root.span_id,
        start_ns=start_ns + SECOND // 2,
        ms=10_000,
        error="TimeoutError: payments did not answer in 10 s",
    )
    answered = llm([("user", "yes, refund the card ending 88")], "I could not start the refund just now.") | {
        "llm.input_messages.1.message.role": "assistant",
        "llm.input_messages.1.message.tool_calls.0.tool_call.id": "call_1",
        "llm.input_messages.1.message.tool_calls.0.tool_call.function.name": "create_refund",
        "llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments": arguments,
        "llm.input_messages.2.message.role": "tool",
        "llm.input_messages.2.message.tool_call_id": "call_1",
        "llm.input_messages.2.message.content": "TimeoutError: payments did not answer in 10 s",
    }
    last = span(
        "chat gpt-5-mini", answered, trace=trace, parent=root.span_id, start_ns=start_ns + 10_500_000_000, ms=300
    )
    return [root, first, tool, last]


def _any(value: Value) -> AnyValue:
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    return AnyValue(double_value=value) if isinstance(value, float) else AnyValue(string_value=value)
