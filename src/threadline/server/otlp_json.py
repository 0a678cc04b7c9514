"""OTLP/JSON from protobuf: hexadecimal ids, integers for enums, 64-bit integers as strings.

https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
"""

from base64 import b64decode
from typing import Any

import msgspec
from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

__all__ = ["resource_spans_json"]

IDS = ("traceId", "spanId", "parentSpanId")


def resource_spans_json(body: bytes) -> list[bytes]:
    """Each ResourceSpans of a serialised ExportTraceServiceRequest as JSON."""
    request = ExportTraceServiceRequest.FromString(body)
    return [
        msgspec.json.encode(_with_hex_ids(MessageToDict(each, use_integers_for_enums=True)))
        for each in request.resource_spans
    ]


def _with_hex_ids(resource_spans: dict[str, Any]) -> dict[str, Any]:
    for scope_spans in resource_spans.get("scopeSpans", ()):
        for span in scope_spans.get("spans", ()):
            _rewrite(span)
            for link in span.get("links", ()):
                _rewrite(link)
    return resource_spans


def _rewrite(holder: dict[str, Any]) -> None:
    for name in IDS:
        if name in holder:
            holder[name] = b64decode(holder[name]).hex()
