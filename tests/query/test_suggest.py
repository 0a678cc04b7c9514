"""What is offered at the caret (`|`)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_texts import ANY_TEXT

from threadline.query import Suggestion, parse, suggest
from threadline.query.fields import FIELDS, KINDS

KNOWN = {
    "user": [("sean", 1)],
    "tool": [("search", 5), ("web search", 2), ("say(x)", 1)],
    "tag": [("a*b", 1), ('say "hi"', 1)],
    "environment": [("prod", 9)],
    "kind": [("TOOL", 4), ("MY_KIND", 1)],
    "annotation": [("quality", 3), ("tone of voice", 1)],
    "annotation.quality": [("good", 3), ("<bad>", 1)],
    "metadata": [("plan", 2), ("a.b", 1)],
    "metadata.plan": [("pro", 1), ("1..2", 1)],
}


def values(facet: str, prefix: str) -> list[tuple[str, int]]:
    return [(value, count) for value, count in KNOWN.get(facet, []) if value.lower().startswith(prefix.lower())]


def offered(marked: str, place="session") -> list[Suggestion]:
    return suggest(marked.replace("|", ""), marked.index("|"), values, place)


@pytest.mark.parametrize(
    ("marked", "texts", "replaces"),
    [
        ("se|", ["service:", "user:sean", "tool:search"], (0, 2)),
        ("x too|", ["tool:"], (2, 5)),
        ("-too|l", ["tool:"], (1, 5)),
        ("us|er:ada", ["user:"], (0, 5)),
        ("tool:|", ["search", '"web search"', '"say(x)"'], (5, 5)),
        ("tool:|abc", ["search", '"web search"', '"say(x)"'], (5, 8)),
        ("tool:WE|", ['"web search"'], (5, 7)),
        ('tool:"we|', ['"web search"'], (5, 8)),
        ('tool:"we| status:ok', ['"web search"'], (5, 8)),
        ('tool:"web s|earch" x', ['"web search"'], (5, 17)),
        ("tool:a,|", ["search", '"web search"', '"say(x)"'], (7, 7)),
        ("tool:a,w|,b", ['"web search"'], (7, 8)),
        ("tag:|", ['"a\\*b"', '"say \\"hi\\""'], (4, 4)),
        ("env:p|", ["prod"], (4, 5)),
        ("kind:t|", ["TOOL"], (5, 6)),
        ("kind:m|", ["MY_KIND"], (5, 6)),
        ("annotation.|", ["annotation.quality:", 'annotation."tone of voice":'], (0, 11)),
        ('annotation."to|', ['annotation."tone of voice":'], (0, 14)),
        ("annotation.quality:|", ["good", '"<bad>"', ">", ">=", "<", "<="], (19, 19)),
        ("metadata.|", ["metadata.plan:", "metadata.a.b:"], (0, 9)),
        ("metadata.pl|an:pro", ["metadata.plan:"], (0, 14)),
        ("metadata.plan:|", ["pro", '"1..2"'], (14, 14)),
        ("has:a|", ["annotation", "audio"], (4, 5)),
        ("span:(has:|", ["error", "annotation"], (10, 10)),
        ("status:|", ["ok", "error", "unset"], (7, 7)),
        ("turns:>|", ["1", "5", "10", "1k"], (7, 7)),
        ("latency:<|3s", ["500ms", "3s", "1m", "1h"], (9, 11)),
        ("said-by:|", ["user", "assistant"], (8, 8)),
        ("turns:|", [">", ">=", "<", "<="], (6, 6)),
        ("turn:|", ["("], (5, 5)),
        ("turns:5|", [], None),
        ('"a|b"', [], None),
    ],
)
def test_offers(marked: str, texts: list[str], replaces: tuple[int, int] | None):
    found = offered(marked)
    assert [each.text for each in found] == texts
    assert {each.replaces for each in found} == ({replaces} if replaces else set())


def test_an_empty_box_offers_every_term():
    assert [each.text.rstrip(":(.") for each in offered("|")] == list(FIELDS)
    assert [each.text for each in offered("a |")][-1] == "OR"


def test_behind_a_minus_every_term_is_offered():
    assert [each.text for each in offered("-|")] == [each.text for each in offered("|")]
    assert {each.replaces for each in offered("a -|")} == {(3, 3)}


def test_a_scope_offers_what_it_knows():
    inside = {each.text.rstrip(":(.") for each in offered("x turn:(span:(|) ")}
    assert inside == {name for name, field in FIELDS.items() if "span" in field.places}
    assert {each.text for each in offered("turn:(|")} == {each.text for each in offered("|", "turn")}
    assert offered("span:(x) tu|")[0].text == "turns:"


def test_each_says_what_it_is():
    first = offered("tool:s|")[0]
    assert first == Suggestion("search", (5, 6), "value", FIELDS["tool"].description, 5)
    assert all(each.description for each in [*offered("|"), *offered("has:|"), *offered("turns:|"), *offered("kind:|")])


@pytest.mark.parametrize("facet", [name for name in KNOWN if name != "environment"])
def test_what_is_offered_can_be_asked(facet: str):
    for each in suggest(f"{facet}:", len(facet) + 1, values) if "." in facet or facet in FIELDS else ():
        if each.kind == "value":
            parse(f"{facet}:{each.text}")


def test_kinds_are_offered_where_nothing_came_yet():
    assert [each.text for each in suggest("kind:", 5, lambda *_: [])] == list(KINDS)


@given(ANY_TEXT, st.integers(-1, 100))
def test_any_text_any_caret(text: str, caret: int):
    for each in suggest(text, caret, values):
        start, end = each.replaces
        assert 0 <= start <= max(0, min(caret, len(text))) <= max(end, start)
        assert end <= len(text)
