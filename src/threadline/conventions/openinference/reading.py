"""What one OpenInference span says about itself. This is the hot path of receiving."""

from threadline.conventions.convention import Reading
from threadline.conventions.json_text import NOT_JSON, read_json
from threadline.conventions.numbers import nano_usd, tokens
from threadline.conventions.openinference.content import content
from threadline.conventions.openinference.plan import KIND, Plan
from threadline.conventions.openinference.texts import input_side, output_side
from threadline.model.span import Span
from threadline.model.values import Attributes, Value

__all__ = ["read"]

FIRST_TOKEN = "First Token Stream Event"  # noqa: S105 - the name of an event


def read(span: Span, plan: Plan) -> Reading:
    """See `Convention.read`."""
    attributes = span.attributes
    get = attributes.get
    kind = get(KIND)
    kind = kind.strip().upper() if type(kind) is str else ""
    reading = Reading(kind)
    if plan.model_keys:
        reading.model = _model(attributes, plan)
    if plan.has_usage:
        _read_usage(attributes, reading)
    if kind == "TOOL":
        reading.tool = _named(get("tool.name"), span.name)
    agent = get("agent.name")
    if agent is not None or kind == "AGENT":
        reading.agent = _named(agent, span.name if kind == "AGENT" else None)
    tags = get("tag.tags")
    if tags is not None:
        reading.tags = _tags(tags)
    if span.events:
        reading.first_token_ns = min((e.time_ns for e in span.events if e.name == FIRST_TOKEN), default=None)
    if kind == "EVALUATOR":
        reading.annotates = plan.has_annotations or bool(span.links)
    reading.input = input_side(attributes, plan.input)
    reading.output = output_side(attributes, plan.output)
    if plan.content:
        reading.content = content(attributes, plan.content)
    return reading


def _model(attributes: Attributes, plan: Plan) -> str | None:
    for key in plan.model_keys:
        if value := attributes[key]:
            return value if type(value) is str else None
    return None


def _read_usage(attributes: Attributes, reading: Reading) -> None:
    get = attributes.get
    if (count := get("llm.token_count.prompt")) is not None:
        reading.prompt_tokens = tokens(count)
    if (count := get("llm.token_count.completion")) is not None:
        reading.completion_tokens = tokens(count)
    if (count := get("llm.token_count.total")) is not None:
        reading.total_tokens = tokens(count)
    count = get("llm.token_count.prompt_details.cache_read", get("llm.token_count.prompt_details.cache_input"))
    if count is not None:
        reading.cache_read_tokens = tokens(count)
    if (count := get("llm.token_count.prompt_details.cache_write")) is not None:
        reading.cache_write_tokens = tokens(count)
    if (cost := get("llm.cost.total")) is not None:
        reading.cost_nano = nano_usd(cost)
    if reading.cost_nano is None and ("llm.cost.prompt" in attributes or "llm.cost.completion" in attributes):
        halves = [nano_usd(get("llm.cost.prompt")), nano_usd(get("llm.cost.completion"))]
        known = [half for half in halves if half is not None]
        reading.cost_nano = sum(known) if known else None


def _named(value: Value, otherwise: str | None) -> str | None:
    return value.strip() if type(value) is str and value.strip() else otherwise or None


def _tags(value: Value) -> tuple[str, ...]:
    if type(value) is str:
        inner = read_json(value) if value.startswith("[") else NOT_JSON
        value = inner if isinstance(inner, list) else [value]
    if not isinstance(value, list):
        return ()
    return tuple(tag.strip() for tag in value if isinstance(tag, str) and tag.strip())
