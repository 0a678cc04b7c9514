"""Every error says where and what was expected."""

import pytest

from threadline.query import QueryError, parse
from threadline.query.parse import LENGTH_MAX
from threadline.query.reading import NESTING_MAX, TERMS_MAX


def wrong(text: str, place="session") -> QueryError:
    with pytest.raises(QueryError) as raised:
        parse(text, place)
    return raised.value


NUMBER = "a number such as 5 or 10k"
TIME = "a time with its unit, such as 3s, 250ms or 1m30s"
MONEY = "US dollars such as 0.5 or $2"
HAS = "one of error, annotation, image, audio, file, tool, user, cost"
OF_SPAN = "one of model, tool, agent, env, service, kind, has, status, tokens, cost, latency, annotation"
CLOSING = "a closing parenthesis"
QUOTE = "a closing quotation mark"


@pytest.mark.parametrize(
    ("text", "column", "length", "expected"),
    [
        ("usr:bob", 1, 3, "user:ada@example.com"),
        ("x users:bob", 3, 5, "user:ada@example.com"),
        ("annotations.q:good", 1, 11, "annotation.quality:good"),
        ("environment:prod", 1, 11, "env:production"),
        ("user:", 6, 1, "a value such as ada@example.com"),
        ("(user:)", 7, 1, "a value such as ada@example.com"),
        ("user: bob", 6, 1, "a value such as ada@example.com"),
        ("tool:a,", 8, 1, "a value such as search,fetch"),
        ("tool:a, b", 8, 1, "a value such as search,fetch"),
        ("tool:,a", 6, 1, "a value such as search,fetch"),
        ("tool:(a OR b)", 6, 1, "a value such as search,fetch"),
        ("has:foo", 5, 3, HAS),
        ("status:", 8, 1, "one of ok, error, unset"),
        ("status:*", 8, 1, "one of ok, error, unset"),
        ("said-by:me x", 9, 2, "one of user, assistant"),
        ("turns:abc", 7, 3, NUMBER),
        ("turns:>", 8, 1, NUMBER),
        ("turns:5x", 7, 2, NUMBER),
        ('turns:"5"', 7, 3, NUMBER),
        ('turns:"5', 7, 2, QUOTE),
        ("turns:>)", 8, 1, NUMBER),
        ("user:<)", 7, 1, None),
        ("turns:-5", 7, 2, NUMBER),
        ("turns:2.5", 7, 3, NUMBER),
        ("turns:5..x", 8, 1, "a space"),
        ("turns:5..", 8, 1, "a space"),
        ("turns:10..5", 7, 5, "the smaller number first"),
        ("turns:5..1x", 10, 2, NUMBER),
        ("tokens:>10,000", 11, 1, "a space"),
        ("tokens:99999999999999999999", 8, 20, NUMBER),
        ("cost:>5k", 7, 2, MONEY),
        ("cost:0.0000000001", 6, 12, MONEY),
        ("latency:>3", 10, 1, TIME),
        ("latency:3x", 9, 2, TIME),
        ("duration:1m30", 10, 4, TIME),
        ("annotation.q:<x", 15, 1, "a number such as 0.5"),
        ("annotation.q:<1e999", 15, 5, "a number such as 0.5"),
        ("annotation.q:", 14, 1, "a label such as good"),
        ("annotation:good", 1, 10, "annotation.quality:good"),
        ("metadata:x", 1, 8, "metadata.plan:pro"),
        ("turn:x", 6, 1, "a group such as (tool:search latency:>3s)"),
        ('a "b c', 3, 4, QUOTE),
        ('tag:"b c', 5, 4, QUOTE),
        ("(a", 3, 1, CLOSING),
        ("span:(tool:x", 13, 1, CLOSING),
        ("a)", 2, 1, None),
        ("()", 2, 1, "a word"),
        ("turn:( )", 8, 1, "a word"),
        ("(", 2, 1, "a word"),
        ("a OR", 3, 2, "a term on both sides of OR"),
        ("OR a", 1, 2, "a term on both sides of OR"),
        ("a OR OR b", 6, 2, "a term on both sides of OR"),
        ('""', 1, 2, "text between the quotation marks"),
        ('tag:"a"b', 8, 1, "a space"),
        ("turns:5(a)", 8, 1, "a space"),
        ("said-by:user turns:5", 1, 12, 'a word or an "exact phrase" beside it'),
        ("said-by:user said-by:assistant a", 14, 17, None),
        ("-said-by:user a", 2, 12, None),
        ("span:(a)", 7, 1, OF_SPAN),
        ("span:(has:image)", 11, 5, "one of error, annotation"),
        ("   usr:x", 4, 3, "user:ada@example.com"),
        ("😀 turns:x", 9, 1, NUMBER),
    ],
)
def test_where_and_what(text: str, column: int, length: int, expected: str | None):
    found = wrong(text)
    assert (found.column, found.length, found.expected[:1]) == (column, length, () if expected is None else (expected,))


@pytest.mark.parametrize(
    "term", ["user:x", "tag:x", "metadata.x:y", "turns:5", "duration:5s", "turn:(x)", "span:(has:error)"]
)
def test_what_a_span_does_not_know(term: str):
    assert wrong(f"span:({term})").column == 7
    assert wrong(f"turn:(span:({term}))").column == 13


@pytest.mark.parametrize("term", ["turns:5", "duration:5s", "turn:(x)"])
def test_what_a_turn_does_not_know(term: str):
    assert wrong(f"turn:({term})").column == 7
    assert wrong(f"a {term}", "turn").column == 3


def test_the_words_of_some():
    assert wrong("usr:x").message == "Unknown term `usr`. Did you mean `user`? To search for it as text, quote it."
    assert wrong("turns:abc").message == f"Expected {NUMBER} or a comparison such as >5 here."
    assert wrong("has:foo").message == f"`has:` takes {HAS}."
    assert wrong("tokens:10,000").message == "`10,000` is no number here. Write 10000 or 10k, and 5..10 for a range."


LIMITS = {
    "characters": (lambda count: "a" * count, LENGTH_MAX, LENGTH_MAX + 1),
    "nesting": (lambda depth: "(" * depth + "a" + ")" * depth, NESTING_MAX, NESTING_MAX + 1),
    "terms": (lambda count: " ".join("a" * count), TERMS_MAX, TERMS_MAX * 2 + 1),
    "alternatives": (lambda count: " OR ".join("a" * count), TERMS_MAX, TERMS_MAX * 5 + 1),
    "values": (lambda count: "tool:" + ",".join("a" * count), TERMS_MAX, len("tool:") + TERMS_MAX * 2 + 1),
}
"""What makes a query of so many, how many it may hold, and the column of the first that is too many."""


@pytest.mark.parametrize("limit", LIMITS)
def test_at_a_limit_and_beyond_it(limit: str):
    made, most, column = LIMITS[limit]
    assert parse(made(most)) is not None
    found = wrong(made(most + 1))
    assert (found.column, f"{most:,}" in found.message) == (column, True)
