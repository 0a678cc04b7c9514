"""A query cut into coloured pieces, however wrong it is. Cut by the terminals of the one grammar."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from threadline.query.fields import FIELDS
from threadline.query.grammar import terminals
from threadline.query.parse import LENGTH_MAX
from threadline.query.pattern import unquoted

__all__ = ["Token", "TokenKind", "field_and_key", "tokens"]

TokenKind = Literal["field", "operator", "value", "number", "text", "phrase", "parenthesis", "error"]

_ALONE = re.compile(r"""([A-Za-z-]+)(?:\.(?:"(?:[^"\\]|\\[\s\S])+"|[^\s:"()]+))?:""")
_REST = re.compile(r'"[\s\S]*|[^\s)]+|[\s\S]')
_SPACES = re.compile(r"\s+")


class Token(msgspec.Struct, frozen=True):
    """One piece. `start` and `end` are code points from 0; spaces belong to no piece."""

    kind: TokenKind
    start: int
    end: int
    field: str = ""
    """`field` as written, with its colon: of what belongs to a term."""


def tokens(text: str) -> list[Token]:
    """The pieces in order, none over another. Never raises; what is past the length limit is one error."""
    found = list(_scan(text[:LENGTH_MAX]))
    return [*found, Token("error", LENGTH_MAX, len(text))] if len(text) > LENGTH_MAX else found


def field_and_key(written: str) -> tuple[str, str]:
    """Of `annotation."a b":` the field and the key, of `user:` the field and nothing."""
    name, _, key = written.removesuffix(":").partition(".")
    return name.lower(), unquoted(key) if key[:1] == '"' else key


def _scan(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        spaces = _SPACES.match(text, at)
        found = _match(("_OR",), text, at)
        if found is not None:
            start = found.start() + text[found.start() :].index("OR")
            yield Token("operator", start, start + 2)
            at = found.end()
        elif spaces is not None:
            at = spaces.end()
        else:
            for token in _term(text, at):
                yield token
                at = token.end


def _term(text: str, at: int) -> Iterator[Token]:
    """The pieces that begin here: one, or a field and its values."""
    found = _match(("SIDE", "METADATA", "ANNOTATION", "WORD_FIELD", "CHOICE_FIELD", "NUMBER_FIELD"), text, at)
    if found is not None:
        yield Token("field", at, found.end(), found.group())
        yield from _values(text, found.end(), found.group())
    elif (found := _match(("SCOPE",), text, at)) is not None:
        colon = text.index(":", at) + 1
        yield Token("field", at, colon, text[at:colon])
        yield Token("parenthesis", colon, colon + 1)
    elif _match(("NOT",), text, at):
        yield Token("operator", at, at + 1)
    elif text[at] in "()":
        yield Token("parenthesis", at, at + 1)
    elif (found := _match(("PHRASE",), text, at)) is not None:
        yield Token("phrase", at, found.end())
    elif (found := _match(("WORD",), text, at)) is not None:
        yield _word(found.group(), at)
    else:
        yield Token("error", at, len(text))


def _word(word: str, at: int) -> Token:
    alone = _ALONE.fullmatch(word)
    if alone is not None and alone[1].lower() in FIELDS:
        return Token("field", at, at + len(word), word)
    return Token("operator" if word == "OR" else "text", at, at + len(word))


def _values(text: str, at: int, field: str) -> Iterator[Token]:
    kind = FIELDS[field_and_key(field)[0]].kind
    if kind not in {"word", "choice", "side"}:
        compared = list(_compared(text, at, field))
        if compared or kind != "score":
            yield from compared or [_broken(text, at, field)]
            return
    while (found := _match(("QUOTED", "BARE"), text, at)) is not None:
        yield Token("value", at, found.end(), field)
        at = found.end()
        if text[at : at + 1] != ",":
            return
        yield Token("operator", at, at + 1, field)
        at += 1
    if text[at : at + 1].strip(" \t\n)"):
        yield _broken(text, at, field)


def _compared(text: str, at: int, field: str) -> Iterator[Token]:
    compare = _match(("COMPARE",), text, at)
    if compare is not None:
        yield Token("operator", at, compare.end(), field)
        at = compare.end()
    scored = FIELDS[field_and_key(field)[0]].kind == "score" and compare is None
    number = _match(("RANGE",) if scored else ("RANGE", "NUMBER"), text, at)
    if number is not None:
        yield Token("number", at, number.end(), field)
    elif compare is not None and text[at : at + 1].strip(" \t\n)"):
        yield _broken(text, at, field)


def _broken(text: str, at: int, field: str) -> Token:
    found = _REST.match(text, at)
    return Token("error", at, found.end() if found else at + 1, field)


def _match(names: tuple[str, ...], text: str, at: int) -> re.Match[str] | None:
    return _compiled(names).match(text, at)


@cache
def _compiled(names: tuple[str, ...]) -> re.Pattern[str]:
    written = terminals()
    return re.compile("|".join(f"(?:{written[name]})" for name in names))
