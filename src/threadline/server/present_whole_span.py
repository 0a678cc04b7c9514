"""One span with everything that was sent, and what a reader should know about it."""

from collections.abc import Sequence

from threadline.conventions import SpanMessages, read_messages
from threadline.model.annotation import Annotation
from threadline.model.facts import SpanFacts
from threadline.model.message import DocumentsPart
from threadline.model.span import Span
from threadline.server import present, shapes
from threadline.server.present_span import OTEL_KINDS, attributes, messages, span_summary
from threadline.store.contract import StoredSpan

__all__ = ["whole_span"]


def whole_span(stored: StoredSpan, annotations: Sequence[Annotation]) -> shapes.Span:
    """The span as its panel shows it."""
    span, facts = stored.span, stored.facts
    read = read_messages(span)
    row = span_summary(facts, None, ())
    return shapes.Span(
        trace_id=span.trace_id.hex(),
        span_id=row.span_id,
        parent_span_id=row.parent_span_id,
        name=span.name,
        kind=facts.kind,
        otel_kind=OTEL_KINDS[span.kind] if 0 <= span.kind < len(OTEL_KINDS) else str(span.kind),
        start_time=row.start_time,
        end_time=present.time(span.end_ns or None),
        duration_ms=row.duration_ms,
        status=row.status,
        status_message=span.status_message,
        service=facts.service,
        scope_name=span.scope.name,
        scope_version=span.scope.version,
        model=facts.model,
        tool=facts.tool,
        prompt_tokens=facts.prompt_tokens,
        completion_tokens=facts.completion_tokens,
        cache_read_tokens=facts.cache_read_tokens,
        total_tokens=row.total_tokens,
        cost_usd=row.cost_usd,
        input=_side(span, "input"),
        output=_side(span, "output"),
        input_messages=messages(read.input),
        output_messages=messages(read.output),
        documents=DocumentsPart(documents=read.documents, query=read.query) if read.documents or read.query else None,
        tool_call=_tool_call(read, row),
        tools_offered=list(read.tools_offered),
        attributes=attributes(span.attributes),
        resource=attributes(span.resource.attributes),
        scope=attributes(span.scope.attributes),
        events=[
            shapes.Event(
                name=event.name, time=present.time(event.time_ns or None), attributes=attributes(event.attributes)
            )
            for event in span.events
        ],
        links=[
            shapes.Link(
                trace_id=link.trace_id.hex(), span_id=link.span_id.hex(), attributes=attributes(link.attributes)
            )
            for link in span.links
        ],
        dropped_attributes_count=span.dropped_attributes_count,
        notes=notes(span, facts),
        annotations=[present.annotation(one) for one in annotations],
    )


def _side(span: Span, side: str) -> shapes.Text | None:
    value = span.attributes.get(f"{side}.value")
    mime_type = span.attributes.get(f"{side}.mime_type")
    return (
        present.text(value, mime_type if isinstance(mime_type, str) else "text/plain")
        if isinstance(value, str)
        else None
    )


def _tool_call(read: SpanMessages, row: shapes.SpanSummary) -> shapes.ToolCall | None:
    if read.tool_name is None and read.tool_arguments is None and read.tool_result is None:
        return None
    return shapes.ToolCall(
        name=read.tool_name or row.name,
        arguments=read.tool_arguments or "",
        id=read.tool_call_id,
        result=read.tool_result,
        status=row.status,
        error=row.status_message or None if row.status == "error" else None,
        start_time=row.start_time,
        duration_ms=row.duration_ms,
        span_id=row.span_id,
    )


def notes(span: Span, facts: SpanFacts) -> list[str]:
    """What was cut or ignored, and by which setting."""
    found = []
    if count := span.dropped_attributes_count:
        found.append(f"{count:,} {_plural(count, 'attribute')} dropped by the SDK (OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT).")
    if count := span.dropped_events_count:
        found.append(f"{count:,} {_plural(count, 'event')} dropped by the SDK (OTEL_SPAN_EVENT_COUNT_LIMIT).")
    if count := span.dropped_links_count:
        found.append(f"{count:,} {_plural(count, 'link')} dropped by the SDK (OTEL_SPAN_LINK_COUNT_LIMIT).")
    if key := facts.session_id_too_long:
        length = len(str(span.attributes.get(key, span.resource.attributes.get(key.removeprefix("resource:"), ""))))
        found.append(f"The session id of {length:,} characters in `{key}` was ignored: at most 4,096 are read.")
    if span.end_ns == 0:
        found.append("The span has no end: it was still open when it was sent.")
    elif span.end_ns < span.start_ns:
        found.append("The span ends before it starts, so it has no duration.")
    return found


def _plural(count: int, noun: str) -> str:
    return f"{noun} was" if count == 1 else f"{noun}s were"
