"""Requests to read in tests."""

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

TRACE_ID = bytes(range(16))
SPAN_ID = bytes(range(1, 9))


def pair(key, value):
    return KeyValue(key=key, value=AnyValue(string_value=value))


def span(number=1, **fields):
    return Span(
        **{
            "trace_id": TRACE_ID,
            "span_id": number.to_bytes(8, "big"),
            "name": f"span {number}",
            "start_time_unix_nano": 1_795_000_000_000_000_000,
            "end_time_unix_nano": 1_795_000_001_000_000_000,
            **fields,
        }
    )


def request(*spans, resource=(), scope="tests"):
    message = ExportTraceServiceRequest()
    group = message.resource_spans.add()
    group.resource.attributes.extend(pair(key, value) for key, value in resource)
    inner = group.scope_spans.add()
    inner.scope.name = scope
    inner.spans.extend(spans)
    return message


def field(number, data):
    """A length-delimited field."""
    length, head = len(data), bytearray([number << 3 | 2])
    while length > 127:
        head.append(length & 127 | 128)
        length >>= 7
    return bytes([*head, length]) + data


def nested(depth):
    """An AnyValue in so many arrays."""
    data = AnyValue(string_value="deep").SerializeToString()
    for _ in range(depth):
        data = field(5, field(1, data))
    return AnyValue.FromString(data)
