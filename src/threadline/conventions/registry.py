"""Every convention in one order, and what is read from a span in the same way for all of them."""

from types import ModuleType
from typing import cast

from threadline.conventions import openinference
from threadline.conventions.convention import Convention, Reading, SpanMessages
from threadline.conventions.metadata import metadata
from threadline.conventions.prices import BUILT_IN, PriceTable
from threadline.conventions.session_ids import session_ids
from threadline.conventions.sides import cut
from threadline.conventions.user_ids import user_id
from threadline.model.facts import NO_TEXT, SpanFacts, SpanTexts
from threadline.model.limits import Limits
from threadline.model.span import Resource, Span
from threadline.model.values import I64_MAX, Attributes, Value

__all__ = ["CONVENTIONS", "DEFAULT_PROJECT", "project_of", "read_facts", "read_messages", "read_texts"]


def _convention(module: ModuleType) -> Convention:
    return cast("Convention", module)


CONVENTIONS: tuple[Convention, ...] = (_convention(openinference),)
"""The first that claims a span reads it."""

DEFAULT_PROJECT = "default"
_ENVIRONMENT_KEYS = ("deployment.environment.name", "deployment.environment")


def project_of(resource: Resource, header: str | None) -> str:
    """The header's, else the resource's `openinference.project.name`, else `default`; trimmed, not limited."""
    if header is not None and header.strip():
        return header.strip()
    named = resource.attributes.get("openinference.project.name")
    if isinstance(named, str) and named.strip():
        return named.strip()
    return DEFAULT_PROJECT


def read_facts(
    span: Span, *, size: int, digest: bytes, limits: Limits, prices: PriceTable = BUILT_IN
) -> tuple[SpanFacts, SpanTexts | None]:
    """What a fold needs to know of a span, and what its two sides say (None when neither says anything).

    `size` is the length of the span's protobuf form, `digest` 8 bytes over span, resource and scope.
    """
    attributes = span.attributes
    resource = span.resource.attributes
    reading = _read(span)
    meta, meta_text = metadata(attributes, limits.metadata_bytes_max) if _has_metadata(attributes) else (None, None)
    resource_meta = metadata(resource, limits.metadata_bytes_max)[0] if "metadata" in resource else None
    ids, too_long = session_ids(attributes, meta, resource, resource_meta, limits.session_id_characters_max)
    user, user_rank = user_id(attributes, limits.session_id_characters_max)
    end_ns = min(span.end_ns, I64_MAX)
    start_ns = (min(span.start_ns, I64_MAX)) or end_ns
    prompt, completion, total = reading.prompt_tokens, reading.completion_tokens, reading.total_tokens
    carries = not (prompt is None and completion is None and total is None)
    most = limits.fact_characters_max
    facts = SpanFacts(
        span_id=span.span_id,
        parent_span_id=span.parent_span_id,
        start_ns=start_ns,
        end_ns=end_ns,
        status=span.status_code,
        status_message=span.status_message[:most],
        name=span.name[:most],
        kind=reading.kind[:most],
        size=size,
        digest=digest,
        session_ids=ids,
        session_id_too_long=too_long,
        user_id=user,
        user_rank=user_rank,
        model=reading.model[:most] if reading.model else None,
        prompt_tokens=prompt,
        completion_tokens=completion,
        total_tokens=total,
        cache_read_tokens=reading.cache_read_tokens,
        reported_cost_nano=reading.cost_nano,
        computed_cost_nano=_computed_cost(reading, start_ns, prices) if carries else None,
        tool=reading.tool[:most] if reading.tool else None,
        agent=reading.agent[:most] if reading.agent else None,
        tags=tuple([tag[:most] for tag in reading.tags[: limits.tags_per_span_max]]) if reading.tags else (),
        service=_text(resource.get("service.name"), most),
        environment=_environment(attributes, resource, most),
        metadata=meta_text,
        first_token_ns=reading.first_token_ns,
        input_rank=reading.input.rank,
        output_rank=reading.output.rank,
        annotates=reading.annotates,
        carries_tokens=carries,
    )
    return facts, _texts(reading, limits)


def read_texts(span: Span, limits: Limits) -> SpanTexts | None:
    """The texts that `read_facts` answers, alone."""
    return _texts(_read(span), limits)


def read_messages(span: Span) -> SpanMessages:
    """The span's messages, documents and tool call, whole."""
    for convention in CONVENTIONS:
        if convention.claims(span.attributes):
            return convention.read_messages(span)
    return SpanMessages()


def _read(span: Span) -> Reading:
    for convention in CONVENTIONS:
        if convention.claims(span.attributes):
            return convention.read(span)
    return Reading()


def _has_metadata(attributes: Attributes) -> bool:
    return "metadata" in attributes or "\nmetadata." in "\n" + "\n".join(attributes)  # faster than a loop


def _computed_cost(reading: Reading, start_ns: int, prices: PriceTable) -> int | None:
    if reading.model is None or (reading.prompt_tokens is None and reading.completion_tokens is None):
        return None
    return prices.cost_nano(
        reading.model,
        start_ns,
        prompt=reading.prompt_tokens or 0,
        completion=reading.completion_tokens or 0,
        cache_read=reading.cache_read_tokens or 0,
        cache_write=reading.cache_write_tokens or 0,
    )


def _environment(attributes: Attributes, resource: Attributes, most: int) -> str | None:
    for holder in (resource, attributes):
        for key in _ENVIRONMENT_KEYS:
            text = _text(holder.get(key), most)
            if text is not None:
                return text
    return None


def _text(value: Value, most: int) -> str | None:
    return value.strip()[:most] or None if type(value) is str else None


def _texts(reading: Reading, limits: Limits) -> SpanTexts | None:
    said, answered = reading.input, reading.output
    if said.rank == NO_TEXT and answered.rank == NO_TEXT:
        return None
    return SpanTexts(
        cut(said.text, limits.text_bytes_max) if said.text is not None else None,
        cut(answered.text, limits.text_bytes_max) if answered.text is not None else None,
        said.mime_type,
        answered.mime_type,
    )
