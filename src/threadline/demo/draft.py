"""Spans on their way to OTLP."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, InstrumentationScope, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span, Status

__all__ = ["DraftEvent", "SpanDraft", "Value", "request"]

Value = str | bool | int | float | Sequence[str]


class DraftEvent(msgspec.Struct, frozen=True):
    """Something within a span."""

    name: str
    time_ns: int
    attributes: Mapping[str, Value] = {}


class SpanDraft(msgspec.Struct, frozen=True):
    """One span and what its resource and scope say. Times are ns."""

    project: str
    service: str
    environment: str
    scope: str
    trace_id: bytes
    span_id: bytes
    parent_span_id: bytes
    """Empty for a root."""
    name: str
    start_ns: int
    end_ns: int
    attributes: Mapping[str, Value]
    error: str | None = None
    """The status message of a failed span."""
    ok: bool = False
    events: tuple[DraftEvent, ...] = ()
    link: tuple[bytes, bytes] | None = None
    """(trace id, span id) that it points to."""

    def later(self, by_ns: int) -> "SpanDraft":
        """The same span, moved in time."""
        events = tuple(msgspec.structs.replace(event, time_ns=event.time_ns + by_ns) for event in self.events)
        return msgspec.structs.replace(self, start_ns=self.start_ns + by_ns, end_ns=self.end_ns + by_ns, events=events)


def any_value(value: Value) -> AnyValue:
    """A Python value as OTLP writes it."""
    if isinstance(value, str):
        return AnyValue(string_value=value)
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    if isinstance(value, float):
        return AnyValue(double_value=value)
    return AnyValue(array_value=ArrayValue(values=[any_value(item) for item in value]))


def key_values(attributes: Mapping[str, Value]) -> list[KeyValue]:
    """Attributes in their order."""
    return [KeyValue(key=key, value=any_value(value)) for key, value in attributes.items()]


def otlp_span(draft: SpanDraft) -> Span:
    """The span in OTLP's own type."""
    code = (
        Status.STATUS_CODE_ERROR
        if draft.error is not None
        else Status.STATUS_CODE_OK
        if draft.ok
        else Status.STATUS_CODE_UNSET
    )
    return Span(
        trace_id=draft.trace_id,
        span_id=draft.span_id,
        parent_span_id=draft.parent_span_id,
        name=draft.name,
        kind=Span.SPAN_KIND_INTERNAL,
        start_time_unix_nano=draft.start_ns,
        end_time_unix_nano=draft.end_ns,
        attributes=key_values(draft.attributes),
        events=[
            Span.Event(name=event.name, time_unix_nano=event.time_ns, attributes=key_values(event.attributes))
            for event in draft.events
        ],
        links=[Span.Link(trace_id=draft.link[0], span_id=draft.link[1])] if draft.link else [],
        status=Status(code=code, message=draft.error or ""),
    )


def request(drafts: Iterable[SpanDraft]) -> ExportTraceServiceRequest:
    """One request: spans of one resource and scope stand together, as an exporter sends them."""
    grouped: dict[tuple[str, str, str], dict[str, list[Span]]] = {}
    for draft in drafts:
        scopes = grouped.setdefault((draft.project, draft.service, draft.environment), {})
        scopes.setdefault(draft.scope, []).append(otlp_span(draft))
    return ExportTraceServiceRequest(
        resource_spans=[
            ResourceSpans(
                resource=Resource(attributes=resource_attributes(project, service, environment)),
                scope_spans=[
                    ScopeSpans(scope=InstrumentationScope(name=scope), spans=spans) for scope, spans in scopes.items()
                ],
            )
            for (project, service, environment), scopes in grouped.items()
        ]
    )


def resource_attributes(project: str, service: str, environment: str) -> list[KeyValue]:
    """Who sent it."""
    return key_values(
        {
            "telemetry.sdk.language": "python",
            "telemetry.sdk.name": "opentelemetry",
            "service.name": service,
            "service.version": "1.8.0",
            "deployment.environment.name": environment,
            "openinference.project.name": project,
        }
    )
