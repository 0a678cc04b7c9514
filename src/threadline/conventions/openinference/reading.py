"""What one OpenInference span says about itself. This is the hot path of receiving."""

from threadline.conventions.convention import Reading
from threadline.conventions.json_text import NOT_JSON, read_json
from threadline.conventions.numbers import nano_usd, tokens
from threadline.conventions.openinference.texts import input_side, output_side
from threadline.model.span import Span
from threadline.model.values import Attributes, Value

__all__ = ["claims", "read"]

KIND = "openinference.span.kind"
FIRST_TOKEN = "First Token Stream Event"  # noqa: S105 - the name of an event
_OWN = (
    "input.value",
    "output.value",
    "llm.input_messages.",
    "llm.output_messages.",
    "llm.token_count.",
    "llm.model_name",
    "llm.prompts",
    "llm.choices.",
    "retrieval.documents.",
    "reranker.",
    "embedding.",
    "tool.name",
    "tag.tags",
)
"""What keys begin with that only OpenInference writes: spans made by hand leave out the kind."""
_ANNOTATIONS = (
    "annotations.",
    "evaluations.",
    "trace.annotations.",
    "trace.evaluations.",
    "session.annotations.",
    "session.evaluations.",
)


def claims(attributes: Attributes) -> bool:
    """A span with OpenInference's kind, or with another attribute of its own."""
    return KIND in attributes or any(key.startswith(_OWN) for key in attributes)


def read(span: Span) -> Reading:
    """See `Convention.read`."""
    attributes = span.attributes
    get = attributes.get
    kind = get(KIND)
    reading = Reading(kind.strip().upper() if type(kind) is str else "")
    model = (
        get("llm.model_name")
        or get("llm.response.model_name")
        or get("llm.request.model_name")
        or get("embedding.model_name")
        or get("reranker.model_name")
    )
    reading.model = model if type(model) is str else None
    _read_usage(attributes, reading)
    reading.tool = _named(get("tool.name"), span.name) if reading.kind == "TOOL" else None
    agent = get("agent.name")
    if agent is not None or reading.kind == "AGENT":
        reading.agent = _named(agent, span.name if reading.kind == "AGENT" else None)
    tags = get("tag.tags")
    if tags is not None:
        reading.tags = _tags(tags)
    if span.events:
        reading.first_token_ns = min((e.time_ns for e in span.events if e.name == FIRST_TOKEN), default=None)
    if reading.kind == "EVALUATOR":
        reading.annotates = bool(span.links) or any(key.startswith(_ANNOTATIONS) for key in attributes)
    reading.input = input_side(attributes)
    reading.output = output_side(attributes)
    return reading


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
