"""A query as the search box needs it: coloured, corrected, completed."""

from typing import Literal

from threadline.server.shapes.base import Struct

__all__ = ["Query", "QueryProblem", "Replaced", "Suggestion", "Token"]


class Token(Struct, frozen=True):
    """A piece of the query. Places are [start, end) in code points."""

    kind: str
    """`text`, `phrase`, `field`, `operator`, `value`, `number`, `parenthesis` or `error`."""
    start: int
    end: int


class QueryProblem(Struct, frozen=True):
    """What is wrong, and where."""

    column: int
    """In code points, 1 the first."""
    length: int
    expected: list[str]
    message: str


class Replaced(Struct, frozen=True):
    """What a suggestion replaces, [start, end) in code points."""

    start: int
    end: int


class Suggestion(Struct, frozen=True):
    """What could stand at the caret."""

    text: str
    replaces: Replaced
    kind: Literal["field", "operator", "value", "key"]
    description: str
    count: int | None
    """Sessions that have the value."""


class Query(Struct, frozen=True):
    """The query as tokens, its error if it has one, and suggestions at the caret."""

    tokens: list[Token]
    error: QueryProblem | None
    suggestions: list[Suggestion]
