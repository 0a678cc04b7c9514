"""A query from its text."""

import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from threadline.query.ast import Node
from threadline.query.error import QueryError
from threadline.query.fields import FIELDS, Place
from threadline.query.grammar import parser
from threadline.query.measures import EXPECTED
from threadline.query.reading import Reader, expected_value

__all__ = ["LENGTH_MAX", "parse"]

LENGTH_MAX = 4_096
"""Code points: as long as the longest session id."""

_TERM = ("a word", 'an "exact phrase"', "a term such as user:ada@example.com")
_VALUES = {"BARE", "QUOTED", "COMPARE", "RANGE", "NUMBER"}
_FIELD_BEFORE = re.compile(r"""([a-zA-Z-]+)(?:\.(?:"[^"]*"|[^\s:"()]+))?:(?:[^\s()"]*,|[<>=]+)?$""")


def parse(text: str, scope: Place = "session") -> Node | None:
    """What a query says; None where it says nothing.

    `scope` is what a match is: a session, or a turn in a list of traces. Raises QueryError.
    """
    if len(text) > LENGTH_MAX:
        message = f"A query may hold at most {LENGTH_MAX:,} characters; this one holds {len(text):,}. Shorten it."
        raise QueryError(LENGTH_MAX + 1, len(text) - LENGTH_MAX, (), message)
    stripped = text.strip()
    if not stripped:
        return None
    offset = len(text) - len(text.lstrip())
    try:
        tree = parser().parse(stripped)
    except UnexpectedInput as wrong:
        raise _misread(wrong, stripped, offset) from None
    return Reader(stripped, offset).start(tree, scope)


def _misread(wrong: UnexpectedInput, text: str, offset: int) -> QueryError:
    at, length, names = _where(wrong, text)
    column = offset + at + 1
    found = text[at : at + 1]
    field = _field_before(text[:at])
    if found == '"' and isinstance(wrong, UnexpectedCharacters):
        return QueryError(column, len(text) - at, ("a closing quotation mark",), "This quotation mark is not closed.")
    if field is not None and names & _VALUES:
        expected = expected_value(FIELDS[field])
        if names == {"NUMBER"}:  # the comparison has begun
            expected = (EXPECTED[FIELDS[field].kind],)
        where = "behind the comma" if text[at - 1] == "," else "here"
        return QueryError(column, length, expected, f"Expected {' or '.join(expected)} {where}.")
    if found == ")" or text[at:].lstrip()[:1] == ")":
        if "WORD" in names and "RPAR" not in names and "_SPACE" not in names:
            return QueryError(column, length, _TERM, "Nothing stands between these parentheses.")
        message = "This parenthesis closes nothing. Remove it, or put the text in quotation marks."
        return QueryError(column, length, (), message)
    if not found and "RPAR" in names:
        return QueryError(column, 1, ("a closing parenthesis",), "A closing parenthesis is missing.")
    return QueryError(column, length, _TERM, f"Expected {', '.join(_TERM[:-1])} or {_TERM[-1]} here.")


def _where(wrong: UnexpectedInput, text: str) -> tuple[int, int, set[str]]:
    """Place, length, and the names of the terminals that could stand there."""
    if isinstance(wrong, UnexpectedToken):
        if wrong.token.type == "$END":
            return len(text), 1, set(wrong.expected)
        return wrong.token.start_pos or 0, max(1, len(wrong.token)), set(wrong.expected)
    at = wrong.pos_in_stream or 0
    return at, 1, set(wrong.allowed) if isinstance(wrong, UnexpectedCharacters) else set()


def _field_before(text: str) -> str | None:
    """The field whose value breaks off at the end of this text."""
    found = _FIELD_BEFORE.search(text)
    name = found[1].lower() if found else ""
    return name if name in FIELDS else None
