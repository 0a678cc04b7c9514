"""Which spans of a turn a transcript listens to: the others are neither parsed nor read."""

from collections.abc import Callable, Sequence

from threadline.conventions.convention import SpanMessages
from threadline.model.facts import SpanFacts

__all__ = ["heard"]

_ALWAYS = frozenset({"LLM", "TOOL", "RETRIEVER", "RERANKER"})
_SILENT = SpanMessages()


def heard(
    spans: Sequence[SpanFacts], read: Callable[[SpanFacts], SpanMessages]
) -> list[tuple[SpanFacts, SpanMessages]]:
    """The spans of a turn with what each says, as `TurnScript` takes them.

    Where an LLM call speaks, what a chain or agent around it repeats is never shown, and `read` is not asked
    for it. Where none does, all of them are read.
    """
    said = {facts.span_id: read(facts) for facts in spans if facts.kind in _ALWAYS}
    if not any(facts.kind == "LLM" and _speaks(said[facts.span_id]) for facts in spans):
        said |= {facts.span_id: read(facts) for facts in spans if facts.kind not in _ALWAYS}
    return [(facts, said.get(facts.span_id, _SILENT)) for facts in spans]


def _speaks(messages: SpanMessages) -> bool:
    """Whether a call was sent or answered anything."""
    return bool(messages.input or messages.output)
