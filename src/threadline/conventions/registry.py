"""Every convention in one order, and what is read from a span in the same way for all of them."""

from types import ModuleType
from typing import cast

from threadline.conventions import openinference
from threadline.conventions.convention import Convention, Reading, SpanMessages
from threadline.conventions.metadata import metadata
from threadline.conventions.plans import Plan, Plans
from threadline.conventions.prices import BUILT_IN, PriceTable
from threadline.conventions.resource_facts import ResourceFacts, read_resource, shown
from threadline.conventions.session_ids import session_ids
from threadline.conventions.sides import cut
from threadline.conventions.user_ids import user_id
from threadline.model.facts import NO_TEXT, SpanFacts, SpanTexts
from threadline.model.limits import Limits
from threadline.model.span import Span
from threadline.model.values import I64_MAX, Attributes

__all__ = ["CONVENTIONS", "read_content", "read_facts", "read_messages", "read_texts"]


def _convention(module: ModuleType) -> Convention:
    return cast("Convention", module)


CONVENTIONS: tuple[Convention, ...] = (_convention(openinference),)
"""The first that claims a span reads it."""

_PLANS = Plans(CONVENTIONS)


def read_facts(
    span: Span,
    *,
    size: int,
    digest: bytes,
    limits: Limits,
    prices: PriceTable = BUILT_IN,
    shared: ResourceFacts | None = None,
) -> tuple[SpanFacts, SpanTexts | None]:
    """What a fold needs to know of a span, and what its two sides say (None when neither says anything).

    `size` is the length of the span's protobuf form, `digest` 8 bytes over span, resource and scope. `shared`
    is what `read_resource` answers for the span's resource: a caller with many spans asks once.
    """
    if shared is None:
        shared = read_resource(span.resource, limits)
    attributes = span.attributes
    plan = _PLANS.of(attributes)
    reading = Reading() if plan.convention is None else plan.convention.read(span, plan.own)
    meta, meta_text = metadata(attributes, limits.metadata_bytes_max) if plan.has_metadata else (None, None)
    most = limits.session_id_characters_max
    ids, too_long = session_ids(attributes, plan.session_keys, meta, most)
    user, user_rank = user_id(attributes, plan.user_keys, most) if plan.user_keys else (None, NO_TEXT)
    start_ns, end_ns = span.start_ns or span.end_ns, span.end_ns
    if start_ns > I64_MAX or end_ns > I64_MAX:
        start_ns, end_ns = min(start_ns, I64_MAX), min(end_ns, I64_MAX)
    prompt, completion, total = reading.prompt_tokens, reading.completion_tokens, reading.total_tokens
    carries = not (prompt is None and completion is None and total is None)
    most = limits.fact_characters_max
    facts = SpanFacts(  # by place: 33 names would take 1 us more
        span.span_id,
        span.parent_span_id,
        start_ns,
        end_ns,
        span.status_code,
        span.status_message[:most],
        span.name[:most],
        reading.kind[:most],
        size,
        digest,
        ids + shared.session_ids,
        too_long or shared.session_id_too_long,
        user,
        user_rank,
        reading.model[:most] if reading.model else None,
        prompt,
        completion,
        total,
        reading.cache_read_tokens,
        reading.cost_nano,
        _computed_cost(reading, start_ns, prices) if carries else None,
        reading.tool[:most] if reading.tool else None,
        reading.agent[:most] if reading.agent else None,
        tuple([tag[:most] for tag in reading.tags[: limits.tags_per_span_max]]) if reading.tags else (),
        shared.service,
        shared.environment or (_environment(attributes, plan, most) if plan.environment_keys else None),
        meta_text,
        reading.first_token_ns,
        reading.input.rank,
        reading.output.rank,
        reading.annotates,
        carries,
        reading.content,
    )
    return facts, _texts(reading, limits)


def read_texts(span: Span, limits: Limits) -> SpanTexts | None:
    """The texts that `read_facts` answers, alone."""
    plan = _PLANS.of(span.attributes)
    return None if plan.convention is None else _texts(plan.convention.read(span, plan.own), limits)


def read_content(span: Span) -> tuple[str, ...]:
    """The content that `read_facts` answers, alone."""
    plan = _PLANS.of(span.attributes)
    return () if plan.convention is None else plan.convention.read(span, plan.own).content


def read_messages(span: Span) -> SpanMessages:
    """The span's messages, documents and tool call, whole."""
    convention = _PLANS.of(span.attributes).convention
    return SpanMessages() if convention is None else convention.read_messages(span)


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


def _environment(attributes: Attributes, plan: Plan, most: int) -> str | None:
    found = [shown(attributes[key], most) for key in plan.environment_keys]
    return next(filter(None, found), None)


def _texts(reading: Reading, limits: Limits) -> SpanTexts | None:
    said, answered, most = reading.input, reading.output, limits.text_bytes_max
    if said.rank == NO_TEXT and answered.rank == NO_TEXT:
        return None
    return SpanTexts(
        cut(said.text, most) if said.text else said.text,
        cut(answered.text, most) if answered.text else answered.text,
        said.mime_type,
        answered.mime_type,
    )
