"""Metadata as pairs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threadline.query.metadata import METADATA_CHARACTERS_MAX, METADATA_PAIRS_MAX, metadata_pairs

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (None, []),
        ("", []),
        ("[1]", []),
        ("{not json", []),
        ('{"plan": "Pro"}', [("plan", "Pro")]),
        ('{"a": {"b": {"c": "x"}}, "d": 1}', [("a.b.c", "x"), ("d", "1")]),
        ('{"a.b": "x", "a": {"b": "y"}}', [("a.b", "x"), ("a.b", "y")]),
        ('{"list": ["x", "y", {"k": "z"}, ["w"]]}', [("list", "x"), ("list", "y"), ("list.k", "z"), ("list", "w")]),
        (
            '{"n": 1.50, "e": 1E3, "big": 12345678901234567890}',
            [("n", "1.50"), ("e", "1E3"), ("big", "12345678901234567890")],
        ),
        ('{"t": true, "f": false, "nothing": null, "o": {}, "l": []}', [("t", "true"), ("f", "false")]),
        ('{"": "no key", "empty": ""}', [("", "no key"), ("empty", "")]),
        ('{"twice": ["x", "x"]}', [("twice", "x")]),
        ('{"a\\u001fb": "c\\u001fd", "s": "\\ud800\\u0000"}', [("a\u2400b", "c\x1fd"), ("s", "\u2400\u2400")]),
    ],
)
def test_pairs(text: str | None, pairs: list[tuple[str, str]]) -> None:
    assert metadata_pairs(text) == pairs


def test_long_values_and_keys_are_cut() -> None:
    at, past = "x" * METADATA_CHARACTERS_MAX, "x" * (METADATA_CHARACTERS_MAX + 1)
    assert metadata_pairs(json.dumps({at: at})) == [(at, at)]
    assert metadata_pairs(json.dumps({past: past})) == [(at, at)]


def test_pairs_beyond_the_limit_are_left_out() -> None:
    many = {str(place): place for place in range(METADATA_PAIRS_MAX + 1)}
    assert len(metadata_pairs(json.dumps(many))) == METADATA_PAIRS_MAX


def test_depth_is_the_senders() -> None:
    assert metadata_pairs('{"a":' * 900 + '"x"' + "}" * 900)[0][1] == "x"
    assert metadata_pairs('{"a":' * 100_000) == []


@given(st.dictionaries(st.text(max_size=5), JSON_VALUES, max_size=5))
def test_whatever_it_holds(value: dict[str, object]) -> None:
    pairs = metadata_pairs(json.dumps(value))
    assert len(pairs) == len(set(pairs)) <= METADATA_PAIRS_MAX
    assert all("\x1f" not in key for key, _ in pairs)
    "".join(key + value for key, value in pairs).encode()
