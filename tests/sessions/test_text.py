"""Caseless search, with ranges in the text as it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from threadline.sessions.text import error_words, find, folded, window


@pytest.mark.parametrize(
    ("text", "needle", "ranges"),
    [
        ("Hello hello", "HELLO", [(0, 5), (6, 11)]),
        ("ÄRGER im Büro", "ärger", [(0, 5)]),
        ("Straße", "STRASSE", [(0, 6)]),
        ("STRASSE", "straße", [(0, 7)]),
        ("ßß", "s", [(0, 1), (1, 2)]),
        ("ßß", "ss", [(0, 1), (1, 2)]),
        ("aßb", "sb", [(1, 3)]),
        ("İstanbul", "i", [(0, 1)]),
        ("xİstanbul", "stan", [(2, 6)]),
        ("100% snake_case", "%", [(3, 4)]),
        ("a\x00b", "\x00B", [(1, 3)]),
        ("after\x00nul", "NUL", [(6, 9)]),
        ("😀😀😀", "😀", [(0, 1), (1, 2), (2, 3)]),
        ("天气怎么样", "气", [(1, 2)]),
        ("aaaa", "aa", [(0, 2), (2, 4)]),
        ("abc", "x", []),
        ("abc", "", []),
        ("", "a", []),
    ],
)
def test_find(text, needle, ranges):
    assert find(text, needle) == ranges


def test_a_limit_on_ranges():
    assert len(find("a" * 5_000, "a")) == 1_000
    assert find("aaa", "a", 2) == [(0, 1), (1, 2)]
    assert find("aaa", "a", 0) == []


def test_folded():
    assert folded("Straße ÄRGER") == "strasse ärger"
    assert "\x00" not in folded("a\x00b")
    folded("\ud800").encode()


LETTERS = st.text(alphabet="aAbBßsSİiKkÄä\x00ﬃf", max_size=12)


def naive(text, needle):
    """Every place, character by character: a match covers each character it touches; the first one wins."""
    wanted = folded(needle)
    owners = [place for place, character in enumerate(text) for _ in folded(character)]
    form = "".join(folded(character) for character in text)
    ranges, at = [], 0
    while wanted and at + len(wanted) <= len(form):
        touched = (owners[at], owners[at + len(wanted) - 1] + 1)
        if form[at : at + len(wanted)] == wanted and (not ranges or touched[0] >= ranges[-1][1]):
            ranges.append(touched)
            at += len(wanted)
        else:
            at += 1
    return ranges


@given(LETTERS, LETTERS)
@example("ßß", "s")
@example("sßs", "sss")
def test_find_against_every_place(text, needle):
    ranges = find(text, needle)
    assert ranges == naive(text, needle)
    assert bool(ranges) == (needle != "" and folded(needle) in folded(text))


@given(st.text(), st.text(min_size=1, max_size=2))
def test_find_in_any_script(text, needle):
    for start, end in find(text, needle):
        assert folded(needle) in folded(text[start:end])


@given(st.text(max_size=900), st.integers(0, 900), st.integers(1, 40))
def test_a_window_holds_the_first_range(text, start, length):
    ranges = [(start, start + length)] if start + length <= len(text) else []
    shown, inside = window(text, ranges)
    assert len(shown) <= 280
    assert shown in text
    for (a, b), (x, y) in zip(inside, ranges, strict=True):
        assert shown[a:b] == text[x:y]


def test_windows():
    text = "x" * 500 + "needle" + "y" * 500
    shown, ranges = window(text, find(text, "NEEDLE"))
    assert (shown[ranges[0][0] : ranges[0][1]], len(shown)) == ("needle", 280)
    assert window("short", [(0, 5)]) == ("short", ((0, 5),))
    shown, ranges = window("n" * 600, [(100, 600)])
    assert ranges == ((60, 280),)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("ValueError('x')Traceback (most recent call last):\n  File", "ValueError('x')"),
        ("Traceback (most recent call last):\n  File\n\nValueError: x\n", "ValueError: x"),
        ("rate limit", "rate limit"),
        ("", "failed"),
    ],
)
def test_error_words(message, words):
    assert error_words(message) == words
