"""What stands between the wire and the store, at its simplest: a request's bytes to an Arrival."""

from hashlib import blake2b

from threadline.conventions import project_of, read_facts
from threadline.model.limits import Limits
from threadline.otlp.spans import SpanRejected, parse_span
from threadline.otlp.wire import read_request
from threadline.store.contract import Arrival, ArrivedSpan

LIMITS = Limits()


def receive(body: bytes, header: str | None = None) -> Arrival:
    """All readable spans of a request."""
    spans = []
    for ordinal, raw in enumerate(read_request(body, LIMITS)):
        try:
            span = parse_span(raw, LIMITS)
        except SpanRejected:
            continue
        digest = blake2b(digest_size=8)
        for part in raw:
            digest.update(len(part).to_bytes(8, "big") + part)
        facts, texts = read_facts(span, size=len(raw.span), digest=digest.digest(), limits=LIMITS)
        spans.append(ArrivedSpan(project_of(span.resource, header), span.trace_id, ordinal, facts, texts))
    return Arrival(body, spans)
