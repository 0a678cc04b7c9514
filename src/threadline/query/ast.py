"""What a query says, as a tree: every value read, every unit known, nothing left to interpret.

A tree is a condition on one thing: a session, or inside `turn:( )` a turn, inside `span:( )` a span. What each
leaf means at each scope stands in `docs/query.md` and, as code, in `evaluate.py`.
"""

from typing import Literal

import msgspec

__all__ = ["All", "Any", "Field", "Node", "Not", "Number", "NumberField", "Operator", "Said", "Scope", "Side", "Term"]

Field = Literal[
    "user", "model", "tool", "agent", "tag", "env", "service", "kind", "has", "status", "annotation", "metadata"
]
"""Terms that compare words."""
NumberField = Literal["turns", "tokens", "cost", "latency", "duration", "annotation"]
"""Terms that compare numbers."""
Operator = Literal["<", "<=", "=", ">=", ">"]
Side = Literal["either", "user", "assistant"]


class _Tagged(msgspec.Struct, frozen=True, tag=True):
    """What all nodes share."""


class Said(_Tagged, frozen=True):
    """Free text: a literal, caseless substring."""

    text: str
    side: Side = "either"
    """`either` also matches names on a session (its ids, end users, tags, metadata values, trace ids)."""


class Term(_Tagged, frozen=True):
    """`field:value`, compared without case."""

    field: Field
    value: str
    r"""Quotes and escapes undone. In a pattern each `*` stands for any run of characters, `\*` for a star and
    `\\` for a backslash: see `pattern.pieces`."""
    key: str = ""
    """NAME of `annotation.NAME`, KEY of `metadata.KEY` (dots lead into nested objects)."""
    pattern: bool = False


class Number(_Tagged, frozen=True):
    """`field:>5`. What has no such number never matches."""

    field: NumberField
    operator: Operator
    value: int | float
    """turns and tokens: a count; cost: nano-USD; latency and duration: ns; annotation: a score."""
    key: str = ""
    """NAME of `annotation.NAME`."""


class Scope(_Tagged, frozen=True):
    """`turn:( … )` or `span:( … )`: there is one turn (span) for which all of it holds."""

    of: Literal["turn", "span"]
    node: "Node"


class Not(_Tagged, frozen=True):
    """The opposite."""

    node: "Node"


class All(_Tagged, frozen=True):
    """Every one of at least two."""

    nodes: tuple["Node", ...]


class Any(_Tagged, frozen=True):
    """At least one of at least two."""

    nodes: tuple["Node", ...]


Node = Said | Term | Number | Scope | Not | All | Any
