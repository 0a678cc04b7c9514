"""The terms of the language: each field once, with what it takes, where it may stand and what it says.

`grammar.lark` writes the same names; a test holds the two and docs/query.md to each other.
"""

from typing import Literal

import msgspec

__all__ = ["FIELDS", "HAS_OF_SPAN", "KINDS", "FieldKind", "FieldWord", "Place", "near"]

Place = Literal["session", "turn", "span"]
"""What a condition is about: at the top of a query a session (or, in a list of traces, a turn)."""
FieldKind = Literal["word", "choice", "count", "money", "time", "score", "scope", "side"]

EVERYWHERE: tuple[Place, ...] = ("session", "turn", "span")
NOT_IN_SPAN: tuple[Place, ...] = ("session", "turn")

KINDS = ("AGENT", "CHAIN", "EMBEDDING", "EVALUATOR", "GUARDRAIL", "LLM", "PROMPT", "RERANKER", "RETRIEVER", "TOOL")
"""OpenInference's span kinds, offered as one types; others are found too.
https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md"""


class FieldWord(msgspec.Struct, frozen=True):
    """One field."""

    name: str
    kind: FieldKind
    """`score`: an annotation, which takes labels and numbers."""
    description: str
    example: str
    places: tuple[Place, ...] = EVERYWHERE
    choices: tuple[str, ...] = ()
    """All its values, where it is a `choice` or `side`."""
    facet: str = ""
    """What the store calls its values; empty where it has none to offer."""
    keyed: bool = False
    """Written `field.KEY:value`."""


_WORDS = (
    FieldWord("user", "word", "The end user", "user:ada@example.com", NOT_IN_SPAN, facet="user"),
    FieldWord("model", "word", "A model that was called", "model:gpt-5*", facet="model"),
    FieldWord("tool", "word", "A tool that was called", "tool:search,fetch", facet="tool"),
    FieldWord("agent", "word", "An agent that took part", "agent:planner", facet="agent"),
    FieldWord("tag", "word", "A tag, of the application or of a person", "tag:beta", NOT_IN_SPAN, facet="tag"),
    FieldWord("env", "word", "The deployment environment", "env:production", facet="environment"),
    FieldWord("service", "word", "The service that sent spans", "service:checkout", facet="service"),
    FieldWord("kind", "word", "The kind of a span", "kind:retriever", facet="kind"),
)
_CHOICES = (
    FieldWord(
        "has",
        "choice",
        "What is there",
        "has:annotation",
        choices=("error", "annotation", "image", "audio", "file", "tool", "user", "cost"),
    ),
    FieldWord("status", "choice", "How it ended", "status:error", choices=("ok", "error", "unset")),
)
_NUMBERS = (
    FieldWord("turns", "count", "Number of turns", "turns:>5", ("session",)),
    FieldWord("tokens", "count", "Tokens in all", "tokens:>10k"),
    FieldWord("cost", "money", "Known cost in US dollars", "cost:>0.5"),
    FieldWord("latency", "time", "Time to the answer; of a session its 95th percentile", "latency:>3s"),
    FieldWord("duration", "time", "From first start to last end", "duration:<1m30s", ("session",)),
)
_KEYED = (
    FieldWord("annotation", "score", "A label or score of that name", "annotation.quality:good", keyed=True),
    FieldWord(
        "metadata", "word", "A value of the application's metadata", "metadata.plan:pro", NOT_IN_SPAN, keyed=True
    ),
)
_AROUND = (
    FieldWord("said-by", "side", "Who said the text beside it", "said-by:user", NOT_IN_SPAN, ("user", "assistant")),
    FieldWord("turn", "scope", "All of it holds for one turn", "turn:(tool:search latency:>3s)", ("session",)),
    FieldWord("span", "scope", "All of it holds for one span", "span:(tool:search status:error)", NOT_IN_SPAN),
)

FIELDS = {field.name: field for field in (*_WORDS, *_CHOICES, *_NUMBERS, *_KEYED, *_AROUND)}
"""By name, in the order in which they are offered."""

HAS_OF_SPAN = ("error", "annotation")
"""What `has:` may ask of one span."""

_OTHER_NAMES = {"environment": "env"}


def near(name: str) -> FieldWord | None:
    """The field that a lower-case name probably means, though it is none.

    One letter more, less, other or swapped, the first letter kept. Of a field of three letters only its plural:
    `hash:` and `end:` stand in logs more often than they are slips for `has:` and `env:`.
    """
    if name in FIELDS:
        return None
    meant = _OTHER_NAMES.get(name)
    if meant is not None:
        return FIELDS[meant]
    close = (field for field in FIELDS if name == field + "s" or (len(field) > 3 and _one_off(name, field)))
    return next((FIELDS[field] for field in close), None)


def _one_off(name: str, field: str) -> bool:
    if name[:1] != field[:1] or abs(len(name) - len(field)) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(name, field, strict=False)) if a != b), len(name))
    rest, wanted = name[at:], field[at:]
    if len(name) != len(field):
        return rest[1:] == wanted or rest == wanted[1:]
    return rest[1:] == wanted[1:] or rest == wanted[1:2] + wanted[:1] + wanted[2:]
