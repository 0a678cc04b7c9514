"""What could stand at the caret: terms, their values, and what joins them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from threadline.query.fields import FIELDS, HAS_OF_SPAN, KINDS, FieldWord, Place
from threadline.query.pattern import pieces
from threadline.query.tokens import Token, field_and_key, tokens
from threadline.query.write import written_key, written_value

__all__ = ["SUGGESTIONS_MAX", "Suggestion", "Values", "suggest"]

SUGGESTIONS_MAX = 24
"""More than a reader would look through."""

Values = Callable[[str, str], Sequence[tuple[str, int]]]
"""(facet, prefix) -> (value, sessions), the most frequent first. Facets as `Store.values` names them."""

_OFFERED = ("user", "model", "tool", "agent", "tag")
"""Facets whose values are offered for a bare word."""
_OFFERED_EACH = 3
_OFFERED_FROM = 2
"""Letters: one letter begins too many names."""
_COMPARISONS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
_AMOUNTS = {
    "count": ("1", "5", "10", "1k"),
    "money": ("0.01", "0.1", "1"),
    "time": ("500ms", "3s", "1m", "1h"),
    "score": ("0", "0.5", "1"),
}
_CHOICES = {
    "error": "It failed",
    "annotation": "Somebody labelled it",
    "image": "A picture was sent",
    "audio": "Sound was sent",
    "file": "A file was sent",
    "tool": "A tool was called",
    "user": "The end user is known",
    "cost": "The cost is known",
    "ok": "It went well",
    "unset": "Nobody said how it ended",
}
_SIDES = {"user": "The end user said it", "assistant": "The application answered it"}


class Suggestion(msgspec.Struct, frozen=True):
    """One text to put in the place of another."""

    text: str
    replaces: tuple[int, int]
    """[start, end) in code points of the query, from 0."""
    kind: Literal["field", "value", "operator"]
    description: str = ""
    count: int | None = None
    """Sessions that have the value, where known."""


def suggest(text: str, caret: int, values: Values, scope: Place = "session") -> list[Suggestion]:
    """What could stand at the caret (code points from 0), best first; the token under it would be replaced.

    `scope` is what a match is, as in `parse`. Never raises because of the text.
    """
    caret = max(0, min(caret, len(text)))
    found = tokens(text)
    return list(_Caret(text, caret, found, values, _place_at(found, text, caret, scope)).offers())[:SUGGESTIONS_MAX]


class _Caret(msgspec.Struct, frozen=True):
    """A place in a query."""

    text: str
    at: int
    tokens: Sequence[Token]
    values: Values
    place: Place

    def offers(self) -> Iterator[Suggestion]:
        """Everything that fits here."""
        under = next((token for token in self.tokens if token.start < self.at <= token.end), None)
        if under is not None and under.field and (under.kind != "field" or self.at == under.end):
            yield from self._behind_field(under)
        elif under is None or (under.kind in {"parenthesis", "operator"} and self.at == under.end):
            where = self._from_here({"text", "field"})
            yield from _fields("", where, self.place)
            if under is None and any(token.end < self.at for token in self.tokens):
                yield Suggestion("OR", where, "operator", "Either of what stands on its two sides")
        elif under.kind in {"text", "field"}:
            yield from self._words(self.text[under.start : self.at], (under.start, under.end))

    def _from_here(self, kinds: set[str]) -> tuple[int, int]:
        """The token that begins at the caret, if it is of such a kind."""
        end = next((token.end for token in self.tokens if token.start == self.at and token.kind in kinds), self.at)
        return self.at, end

    def _behind_field(self, under: Token) -> Iterator[Suggestion]:
        """Behind a field or a comma, or in a value."""
        name, key = field_and_key(under.field)
        field = FIELDS[name]
        if under.kind == "operator" and self.text[under.start] != ",":
            yield from self._amounts(field)
        if under.kind == "number" or (under.kind == "operator" and self.text[under.start] != ","):
            return  # nothing else to choose from
        if under.kind in {"field", "operator"}:
            where, prefix = self._from_here({"value"}), ""
        else:
            broken = under.kind == "error"  # an open quotation mark reaches to the end of the query
            where = (under.start, self.at if broken else under.end)
            prefix = _typed(self.text[under.start : self.at])
        if field.kind == "scope":
            yield Suggestion("(", where, "operator", field.description)
        elif field.choices:
            yield from self._choices(field, prefix, where)
        else:
            yield from self._values(field, key, prefix, where)
        if under.kind == "field" and field.kind in {"count", "money", "time", "score"}:
            for operator, words in _COMPARISONS.items():
                yield Suggestion(operator, where, "operator", f"{words}, as in {field.example}")

    def _amounts(self, field: FieldWord) -> Iterator[Suggestion]:
        """Behind a comparison: amounts as one writes them."""
        for amount in _AMOUNTS.get(field.kind, ()):
            yield Suggestion(amount, self._from_here({"number"}), "value", field.description)

    def _choices(self, field: FieldWord, prefix: str, where: tuple[int, int]) -> Iterator[Suggestion]:
        words = _SIDES if field.kind == "side" else _CHOICES
        for choice in HAS_OF_SPAN if field.name == "has" and self.place == "span" else field.choices:
            if choice.startswith(prefix.lower()):
                yield Suggestion(choice, where, "value", words[choice])

    def _values(self, field: FieldWord, key: str, prefix: str, where: tuple[int, int]) -> Iterator[Suggestion]:
        facet = f"{field.name}.{key}" if field.keyed else field.facet
        offered = dict(self.values(facet, prefix)) if facet else {}
        for value, count in offered.items():
            yield Suggestion(written_value(value), where, "value", field.description, count)
        for kind in KINDS if field.name == "kind" else ():
            if kind.startswith(prefix.upper()) and kind not in offered:
                yield Suggestion(kind, where, "value", field.description)

    def _words(self, prefix: str, where: tuple[int, int]) -> Iterator[Suggestion]:
        """For the beginning of a word: terms of that name, then values that begin so."""
        name, dot, key = prefix.partition(".")
        field = FIELDS.get(name.lower())
        if dot and field is not None and field.keyed and self.place in field.places:
            for value, count in self.values(field.name, key.removeprefix('"')):
                text = f"{field.name}.{written_key(value)}:"
                yield Suggestion(text, where, "field", field.description, count)
            return
        if prefix == "-":
            yield from _fields("", (self.at, self.at), self.place)
            return
        yield from _fields(prefix, where, self.place)
        for facet in _OFFERED if len(prefix) >= _OFFERED_FROM else ():
            if self.place in FIELDS[facet].places:
                for value, count in self.values(facet, prefix)[:_OFFERED_EACH]:
                    text = f"{facet}:{written_value(value)}"
                    yield Suggestion(text, where, "value", FIELDS[facet].description, count)


def _fields(prefix: str, where: tuple[int, int], place: Place) -> Iterator[Suggestion]:
    for field in FIELDS.values():
        if place in field.places and field.name.startswith(prefix.lower()):
            end = "." if field.keyed else ":(" if field.kind == "scope" else ":"
            yield Suggestion(field.name + end, where, "field", f"{field.description}, as in {field.example}")


def _typed(written: str) -> str:
    """What has been typed of a value, its quotation mark and escapes undone, up to a star."""
    return pieces(written.removeprefix('"'))[0]


def _place_at(found: Sequence[Token], text: str, caret: int, place: Place) -> Place:
    """What a condition at the caret is about: each open parenthesis may begin a scope."""
    places: list[Place] = [place]
    before: Token | None = None
    for token in found:
        if token.end > caret:
            break
        if token.kind == "parenthesis" and text[token.start] == "(":
            scope = field_and_key(before.field)[0] if before is not None and before.kind == "field" else ""
            places.append("turn" if scope == "turn" else "span" if scope == "span" else places[-1])
        elif token.kind == "parenthesis" and len(places) > 1:
            places.pop()
        before = token
    return places[-1]
