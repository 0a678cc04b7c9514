"""What the keys of an OpenInference span decide for its reading."""

from collections.abc import Sequence

import msgspec

from threadline.conventions.openinference.content import Place, content_places
from threadline.conventions.openinference.words import Places, input_places, output_places

__all__ = ["KIND", "Plan", "claims", "plan"]

KIND = "openinference.span.kind"
_MODELS = (
    "llm.model_name",
    "llm.response.model_name",
    "llm.request.model_name",
    "embedding.model_name",
    "reranker.model_name",
)
_USAGE = ("llm.token_count.", "llm.cost.")
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


class Plan(msgspec.Struct, frozen=True, gc=False):
    """Which parts of a span say something, and where."""

    model_keys: Sequence[str]
    """The surest first."""
    has_usage: bool
    has_annotations: bool
    input: Places
    output: Places
    content: Sequence[Place]


def claims(keys: Sequence[str]) -> bool:
    """A span with OpenInference's kind, or with another attribute of its own."""
    return KIND in keys or any(key.startswith(_OWN) for key in keys)


def plan(keys: Sequence[str]) -> Plan:
    """See `Convention.plan`."""
    return Plan(
        model_keys=tuple([key for key in _MODELS if key in keys]),
        has_usage=any(key.startswith(_USAGE) for key in keys),
        has_annotations=any(key.startswith(_ANNOTATIONS) for key in keys),
        input=input_places(keys),
        output=output_places(keys),
        content=content_places(keys),
    )
