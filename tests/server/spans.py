"""Requests for tests of the API, in few words."""

from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

START_NS = 1_795_000_000_000_000_000  # 2026-11-18T11:06:40Z
SECOND = 10**9


def any_value(value: Any) -> AnyValue:
    """A Python value as OTLP has it."""
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    if isinstance(value, float):
        return AnyValue(double_value=value)
    if isinstance(value, bytes):
        return AnyValue(bytes_value=value)
    result = AnyValue()
    if isinstance(value, list):
        result.array_value.SetInParent()
        result.array_value.values.extend(any_value(item) for item in value)
    elif isinstance(value, dict):
        result.kvlist_value.SetInParent()
        result.kvlist_value.values.extend(pairs(value))
    else:
        result.string_value = value
    return result


def pairs(attributes: dict[str, Any]) -> list[KeyValue]:
    """Attributes as OTLP has them."""
    return [KeyValue(key=key, value=any_value(value)) for key, value in attributes.items()]


def span(
    trace: int,
    number: int,
    attributes: dict[str, Any],
    *,
    parent: int = 0,
    start_s: float = 0,
    seconds: float = 1,
    **more: Any,
) -> Span:
    """A span; ids are made from numbers, times are seconds after START_NS."""
    start = START_NS + int(start_s * SECOND)
    fields: dict[str, Any] = {
        "trace_id": trace.to_bytes(16, "big"),
        "span_id": number.to_bytes(8, "big"),
        "parent_span_id": parent.to_bytes(8, "big") if parent else b"",
        "name": f"span {number}",
        "kind": Span.SPAN_KIND_INTERNAL,
        "start_time_unix_nano": start,
        "end_time_unix_nano": start + int(seconds * SECOND),
        **more,
    }
    return Span(attributes=pairs(attributes), **fields)


def request(
    *spans: Span, project: str | None = None, resource: dict[str, Any] | None = None
) -> ExportTraceServiceRequest:
    """One request of one resource."""
    made = ExportTraceServiceRequest()
    of_resource = made.resource_spans.add()
    named = {"openinference.project.name": project} if project is not None else {}
    of_resource.resource.attributes.extend(pairs({"service.name": "shop", **named, **(resource or {})}))
    in_scope = of_resource.scope_spans.add()
    in_scope.scope.name = "test"
    in_scope.scope.version = "1.0"
    in_scope.spans.extend(spans)
    return made


def turn(
    trace: int, session_id: str, said: str, answered: str, *, start_s: float = 0, seconds: float = 1, **more: Any
) -> Span:
    """A turn of one span."""
    words = {
        "openinference.span.kind": "CHAIN",
        "session.id": session_id,
        "input.value": said,
        "output.value": answered,
    }
    return span(trace, trace, {**words, **more.pop("attributes", {})}, start_s=start_s, seconds=seconds, **more)


def conversation() -> ExportTraceServiceRequest:
    """Two turns: a failing tool in the first, messages in both."""
    first = {
        "openinference.span.kind": "AGENT",
        "session.id": "s-1",
        "user.id": "mara",
        "input.value": "I was charged twice",
        "output.value": "I found two charges",
        "tag.tags": ["web"],
        "metadata": '{"plan": "pro"}',
    }
    call = {
        "openinference.span.kind": "LLM",
        "llm.model_name": "gpt-4o-mini",
        "llm.token_count.prompt": 100,
        "llm.token_count.completion": 20,
        "llm.input_messages.0.message.role": "system",
        "llm.input_messages.0.message.content": "Be kind.",
        "llm.input_messages.1.message.role": "user",
        "llm.input_messages.1.message.content": "I was charged twice",
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": "I found two charges",
    }
    tool = {
        "openinference.span.kind": "TOOL",
        "tool.name": "list_payments",
        "input.value": '{"customer": "mara"}',
        "output.value": "timeout",
    }
    second = {
        "openinference.span.kind": "AGENT",
        "session.id": "s-1",
        "user.id": "mara",
        "input.value": "yes please",
        "output.value": "Done",
    }
    again = {
        **call,
        "llm.input_messages.2.message.role": "assistant",
        "llm.input_messages.2.message.content": "I found two charges",
        "llm.input_messages.3.message.role": "user",
        "llm.input_messages.3.message.content": "yes please",
        "llm.output_messages.0.message.content": "Done",
    }
    failed = {"status": {"code": 2, "message": "timed out"}}
    return request(
        span(1, 1, first, seconds=4, name="support"),
        span(1, 2, call, parent=1, start_s=0.5, seconds=2, name="chat"),
        span(1, 3, tool, parent=1, start_s=3, seconds=0.5, name="list_payments", **failed),
        span(2, 4, second, start_s=600, seconds=2, name="support"),
        span(2, 5, again, parent=4, start_s=600.5, seconds=1, name="chat"),
        project="shop",
    )
