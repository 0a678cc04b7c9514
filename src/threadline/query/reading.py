"""From the tree of syntax to the tree of meaning, and every error that syntax alone does not show."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from lark import Token, Tree

from threadline.query.ast import All, Field, Node, Not, Number, NumberField, Operator, Said, Scope, Side, Term
from threadline.query.error import QueryError
from threadline.query.fields import FIELDS, HAS_OF_SPAN, FieldWord, Place, near
from threadline.query.measures import EXPECTED, read_measure
from threadline.query.pattern import read_value, unquoted
from threadline.query.shape import all_of, any_of, name_side

__all__ = ["NESTING_MAX", "TERMS_MAX", "Reader", "expected_value"]

NESTING_MAX = 32
"""Groups and scopes inside each other. People nest two or three."""
TERMS_MAX = 100
"""Values and texts of a query: each may cost an index of its own."""

_FIELD_LIKE = re.compile(r"([A-Za-z][\w-]*)(\.[^:]*)?:(.*)", re.DOTALL)

Syntax = Tree[Token]


def expected_value(field: FieldWord, place: Place = "session") -> tuple[str, ...]:
    """What may follow a field, in the reader's words."""
    if field.choices:
        return ("one of " + ", ".join(_choices(field, place)),)
    if field.kind == "word":
        return (f"a value such as {field.example.partition(':')[2]}",)
    if field.kind == "score":
        return ("a label such as good", "a comparison such as <0.5")
    if field.kind == "scope":
        return (f"a group such as {field.example.partition(':')[2]}",)
    return (EXPECTED[field.kind], f"a comparison such as {field.example.partition(':')[2]}")


class Reader:
    """Reads one text."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        """Of the text in what was typed."""
        self._terms = 0

    def start(self, tree: Syntax, place: Place) -> Node:
        """The whole query."""
        return self._any(_trees(tree)[0], place, 0)

    def _any(self, tree: Syntax, place: Place, depth: int) -> Node:
        """Groups of terms with OR between them."""
        return any_of([self._all(each, place, depth) for each in _trees(tree)])

    def _all(self, tree: Syntax, place: Place, depth: int) -> Node:
        items = _trees(tree)
        self._check_spaces(items)
        sides = [each for each in items if each.data == "side"]
        side = self._side(sides, place)
        nodes = [self._item(each, place, depth) for each in items if each.data != "side"]
        if side is not None:
            named = [name_side(node, side) for node in nodes]
            if named == nodes:
                message = "`said-by` says who said the text beside it, and there is none. Add a word or phrase."
                raise self._error(sides[0], ('a word or an "exact phrase" beside it',), message)
            nodes = named
        return all_of(nodes)

    def _item(self, tree: Syntax, place: Place, depth: int) -> Node:
        match tree.data:
            case "not":
                return self._not(tree, place, depth)
            case "group":
                return self._any(self._inside(tree, depth), place, depth + 1)
            case "scope":
                return self._scope(tree, place, depth)
            case "word" | "phrase":
                return self._said(tree, place)
            case "number_term":
                return self._number(tree, place)
            case _:
                return self._term(tree, place)

    def _not(self, tree: Syntax, place: Place, depth: int) -> Node:
        inner = _trees(tree)[0]
        if inner.data == "side":
            raise self._error(inner, (), "`said-by` names a side and cannot be negated. Put `-` before the text.")
        node = self._item(inner, place, depth)
        return node.node if isinstance(node, Not) else Not(node)

    def _inside(self, tree: Syntax, depth: int) -> Syntax:
        if depth >= NESTING_MAX:
            message = f"Parentheses may be nested at most {NESTING_MAX} deep. Leave out those that change nothing."
            raise self._error(tree, (), message, length=1)
        return _trees(tree)[0]

    def _scope(self, tree: Syntax, place: Place, depth: int) -> Node:
        token = _tokens(tree)[0]
        name = cast("Place", token.partition(":")[0].lower())
        inner = self._inside(tree, depth)
        field = FIELDS[name]
        if place not in field.places:
            message = f"`{name}:( )` cannot stand here: all of it is about one {place} already."
            raise self._error(token, _terms_of(place), message)
        return Scope("turn" if name == "turn" else "span", self._any(inner, name, depth + 1))

    def _said(self, tree: Syntax, place: Place) -> Node:
        token = _tokens(tree)[0]
        text = unquoted(token) if tree.data == "phrase" else str(token)
        if tree.data == "word":
            self._check_word(token, place)
        if place == "span":
            message = "Text is searched in sessions and turns. Put it outside `span:( )`."
            raise self._error(token, _terms_of(place), message)
        if not text:
            raise self._error(token, ("text between the quotation marks",), "An empty phrase finds nothing.")
        self._count(token)
        return Said(text)

    def _side(self, sides: Sequence[Syntax], place: Place) -> Side | None:
        if not sides:
            return None
        field = FIELDS["said-by"]
        self._check_place(_tokens(sides[0])[0], field, place)
        if len(sides) > 1:
            raise self._error(sides[1], (), "Only one `said-by` per group: use parentheses and OR to ask for both.")
        return cast("Side", self._choice(_tokens(sides[0])[1], field, place))

    def _term(self, tree: Syntax, place: Place) -> Node:
        token, *values = _tokens(tree)
        name, key = _name_and_key(token)
        field = FIELDS[name]
        self._check_place(token, field, place)
        if values[0].type in {"COMPARE", "RANGE"}:
            return self._compared(field, key, values)
        return any_of([self._value(field, key, value, place) for value in values])

    def _value(self, field: FieldWord, key: str, token: Token, place: Place) -> Node:
        self._count(token)
        if field.choices:
            return Term(cast("Field", field.name), self._choice(token, field, place))
        value, pattern = read_value(token)
        return Term(cast("Field", field.name), value, key, pattern)

    def _choice(self, token: Token, field: FieldWord, place: Place) -> str:
        value = read_value(token)[0].lower()
        if value not in _choices(field, place):
            expected = expected_value(field, place)
            within = " inside `span:( )`" if value in field.choices else ""
            raise self._error(token, expected, f"`{field.name}:` takes {expected[0]}{within}.")
        return value

    def _number(self, tree: Syntax, place: Place) -> Node:
        token, *values = _tokens(tree)
        field = FIELDS[_name_and_key(token)[0]]
        self._check_place(token, field, place)
        return self._compared(field, "", values)

    def _compared(self, field: FieldWord, key: str, tokens: Sequence[Token]) -> Node:
        self._count(tokens[0])
        name = cast("NumberField", field.name)
        last = tokens[-1]
        if last.type == "RANGE":
            low, _, high = last.partition("..")
            first = self._measure(field, last, 0, low)
            second = self._measure(field, last, len(low) + 2, high)
            if first > second:
                raise self._error(
                    last, ("the smaller number first",), f"Nothing is from {_shown(low)} to {_shown(high)}."
                )
            return All((Number(name, ">=", first, key), Number(name, "<=", second, key)))
        operator = str(tokens[0]) if tokens[0].type == "COMPARE" else "="
        return Number(name, cast("Operator", operator), self._measure(field, last, 0, last), key)

    def _measure(self, field: FieldWord, token: Token, at: int, written: str) -> int | float:
        value = read_measure(field.kind, written)
        if value is None:
            start = _start(token) + at
            raise QueryError(
                self._offset + start + 1,
                len(written),
                (EXPECTED[field.kind],),
                f"`{field.name}:` takes {EXPECTED[field.kind]}, not `{_shown(written)}`.",
            )
        return value

    # checks

    def _check_place(self, token: Token, field: FieldWord, place: Place) -> None:
        if place not in field.places:
            message = f"`{field.name}` is not known of one {place}: put it outside, where a whole session is meant."
            raise self._error(token, _terms_of(place), message)

    def _check_word(self, token: Token, place: Place) -> None:
        if token.value == "OR":
            message = 'OR stands between two terms, with spaces around it. The word itself is written "OR".'
            raise self._error(token, ("a term on both sides of OR",), message)
        found = _FIELD_LIKE.fullmatch(token)
        if found is None or found[3].startswith("//"):
            return
        field = FIELDS.get(found[1].lower())
        if field is not None and (found[2] is None or field.keyed):
            raise self._incomplete(token, field, place)
        field = near(found[1].lower())
        if field is not None and bool(found[2]) == field.keyed:
            message = f"Unknown term `{found[1]}`. Did you mean `{field.name}`? To search for it as text, quote it."
            raise self._error(token, (field.example,), message, length=len(found[1]))

    def _incomplete(self, token: Token, field: FieldWord, place: Place) -> QueryError:
        """A field without what must follow it."""
        if field.keyed and "." not in token.partition(":")[0].rstrip("."):
            message = f"`{field.name}` needs a name behind a dot, such as {field.example}."
            return self._error(token, (field.example,), message, length=len(field.name))
        expected = expected_value(field, place)
        end = _start(token) + token.index(":") + 1
        return QueryError(
            self._offset + end + 1,
            max(1, len(token) - token.index(":") - 1),
            expected,
            f"`{_shown(token[: token.index(':') + 1])}` takes {' or '.join(expected)}, directly behind the colon.",
        )

    def _check_spaces(self, items: Sequence[Syntax]) -> None:
        """A value ends at a space or a closing parenthesis; a phrase or group may touch what follows."""
        for item, following in pairwise(items):
            token, rest = _last(item), _start(_first(following))
            if token.type in {"BARE", "QUOTED", "NUMBER", "RANGE"} and _end(token) == rest:
                message = f"A space must stand between `{_shown(token)}` and what follows."
                if token.type == "NUMBER" and self._text[rest] in ",.":
                    written = token + self._text[rest:].split()[0]
                    message = f"`{_shown(written)}` is no number here. Write 10000 or 10k, and 5..10 for a range."
                raise QueryError(self._offset + rest + 1, 1, ("a space",), message)

    def _count(self, token: Token) -> None:
        self._terms += 1
        if self._terms > TERMS_MAX:
            raise self._error(token, (), f"A query may hold at most {TERMS_MAX} terms. Leave some out, or use `*`.")

    def _error(
        self, at: Token | Syntax, expected: tuple[str, ...], message: str, *, length: int | None = None
    ) -> QueryError:
        first, last = (at, at) if isinstance(at, Token) else (_first(at), _last(at))
        start = _start(first)
        return QueryError(self._offset + start + 1, length or _end(last) - start, expected, message)


def _shown(written: str) -> str:
    return written if len(written) <= 60 else written[:59] + "…"


def _choices(field: FieldWord, place: Place) -> tuple[str, ...]:
    return HAS_OF_SPAN if field.name == "has" and place == "span" else field.choices


def _terms_of(place: Place) -> tuple[str, ...]:
    return ("one of " + ", ".join(name for name, field in FIELDS.items() if place in field.places),)


def _name_and_key(token: Token) -> tuple[str, str]:
    """Of `annotation."a b":` the field and the key, of `user:` the field and nothing."""
    name, dot, key = token.removesuffix(":").partition(".")
    return name.lower(), (unquoted(key) if key[:1] == '"' else key) if dot else ""


def _trees(tree: Syntax) -> list[Syntax]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _tokens(tree: Syntax) -> list[Token]:
    return [child for child in tree.children if isinstance(child, Token)]


def _first(tree: Syntax) -> Token:
    child = tree.children[0]
    return child if isinstance(child, Token) else _first(child)


def _last(tree: Syntax) -> Token:
    child = tree.children[-1]
    return child if isinstance(child, Token) else _last(child)


def _start(token: Token) -> int:
    return token.start_pos or 0


def _end(token: Token) -> int:
    return token.end_pos or 0
