"""Puts spans back into a request, equal to what came in."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource

from threadline.otlp.wire import RawSpan

__all__ = ["join", "length_delimited", "with_project"]

PROJECT_KEY = "openinference.project.name"
DEFAULT_PROJECT = "default"
"""The project of a resource that names none."""


def join(spans: Sequence[RawSpan], project: str | None = None) -> bytes:
    """One serialised ExportTraceServiceRequest with the spans in their order.

    Neighbours with the same resource share one ResourceSpans, those with the same scope one ScopeSpans.
    `project` becomes the resource attribute `openinference.project.name`; a resource that already means
    the same stays byte for byte as it was. None leaves all as they are.
    """
    parts: list[bytes] = []
    for of_resource in _runs(spans, lambda span: (span.resource, span.resource_schema_url)):
        resource, schema_url = of_resource[0].resource, of_resource[0].resource_schema_url
        if project is not None:
            resource = with_project(resource, project)
        inner = [length_delimited(1, resource)] if resource else []
        of_scopes = _runs(of_resource, lambda span: (span.scope, span.scope_schema_url))
        inner += [length_delimited(2, _scope_spans(of_scope)) for of_scope in of_scopes]
        if schema_url:
            inner.append(length_delimited(3, schema_url))
        parts.append(length_delimited(1, b"".join(inner)))
    return b"".join(parts)


@lru_cache(maxsize=256)
def with_project(resource: bytes, project: str) -> bytes:
    """The serialised Resource, changed only if it means another project than `project`."""
    message = Resource.FromString(resource)
    named = [pair.value.string_value for pair in message.attributes if pair.key == PROJECT_KEY]
    if (named or [DEFAULT_PROJECT]) == [project]:
        return resource
    kept = [pair for pair in message.attributes if pair.key != PROJECT_KEY]
    pair = KeyValue(key=PROJECT_KEY)
    pair.value.string_value = project
    changed = Resource.FromString(resource)
    del changed.attributes[:]
    changed.attributes.extend([*kept, pair])
    serialised: bytes = changed.SerializeToString()
    return serialised


def length_delimited(number: int, data: bytes) -> bytes:
    """A field of a protobuf message: tag, length, bytes. `number` is at most 15."""
    length = len(data)
    head = bytearray((number << 3 | 2,))
    while length > 127:
        head.append(length & 127 | 128)
        length >>= 7
    head.append(length)
    return bytes(head) + data


def _scope_spans(spans: list[RawSpan]) -> bytes:
    parts = [length_delimited(1, spans[0].scope)] if spans[0].scope else []
    parts += [length_delimited(2, span.span) for span in spans]
    if spans[0].scope_schema_url:
        parts.append(length_delimited(3, spans[0].scope_schema_url))
    return b"".join(parts)


def _runs(spans: Sequence[RawSpan], key: Callable[[RawSpan], tuple[bytes, bytes]]) -> Iterator[list[RawSpan]]:
    for _, run in groupby(spans, key):
        yield list(run)
