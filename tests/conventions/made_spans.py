"""Spans made by hand."""

from threadline.conventions import read_facts, read_messages, read_texts
from threadline.model.facts import SpanFacts, SpanTexts
from threadline.model.limits import Limits
from threadline.model.span import Resource, Scope, Span

LIMITS = Limits()
START_NS = 1_790_000_000_000_000_000


def span(attributes=None, *, resource=None, **fields) -> Span:
    """A span of one second in September 2026."""
    known = {"name": "step", "start_ns": START_NS, "end_ns": START_NS + 10**9, "parent_span_id": None} | fields
    return Span(
        trace_id=b"t" * 16,
        span_id=b"s" * 8,
        resource=Resource(resource or {}),
        scope=Scope("test"),
        attributes=attributes or {},
        **known,
    )


def facts(attributes=None, *, limits=LIMITS, **fields) -> SpanFacts:
    """The facts of such a span."""
    return read_facts(span(attributes, **fields), size=100, digest=b"d" * 8, limits=limits)[0]


def texts(attributes=None, *, limits=LIMITS, **fields) -> SpanTexts | None:
    """What such a span says: the same, alone and beside its facts."""
    made = span(attributes, **fields)
    alone = read_texts(made, limits)
    assert alone == read_facts(made, size=100, digest=b"", limits=limits)[1]
    return alone


def messages(attributes=None, **fields):
    """The messages of such a span."""
    return read_messages(span(attributes, **fields))
