"""Caseless search in what was said: one meaning of a match for every store and for the page.

A text holds a needle when its casefolded form holds the needle's: `ärger` stands in `ÄRGER`, `strasse` in
`Straße`. Ranges are [start, end) in code points of the text as it is.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

__all__ = ["error_words", "find", "folded", "window"]

_UNINDEXABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL ends a text for SQLite's tokenisers, and UTF-8 holds no lone surrogate."""
_STAND_IN = "\u2400"
_LEAD_CHARACTERS = 60
"""What a window shows before the first range."""


def folded(text: str) -> str:
    """The form that is indexed and compared: casefolded, with a stand-in for what an index cannot hold."""
    if text.isascii() and "\x00" not in text:  # ten times faster, and a search folds thousands of texts
        return text.lower()
    return _UNINDEXABLE.sub(_STAND_IN, text.casefold())


def find(text: str, needle: str, limit: int = 1_000) -> list[tuple[int, int]]:
    """Where the needle stands, in order and not overlapping, at most `limit` times; none for an empty needle.

    A match that begins or ends inside a character that folds to several covers the whole character.
    """
    wanted = folded(needle)
    if not wanted or limit <= 0:
        return []
    form = folded(text)
    at = form.find(wanted)
    if at < 0:
        return []
    # Folding never shortens a character, so equal lengths mean that every character folds to one.
    ends = None if len(form) == len(text) else list(accumulate(len(folded(character)) for character in text))
    ranges: list[tuple[int, int]] = []
    while at >= 0 and len(ranges) < limit:
        last = at + len(wanted) - 1
        start, end = (at, last + 1) if ends is None else (bisect_right(ends, at), bisect_right(ends, last) + 1)
        if not ranges or start >= ranges[-1][1]:
            ranges.append((start, end))
            at = form.find(wanted, last + 1)
        else:
            at = form.find(wanted, at + 1)
    return ranges


def window(
    text: str, ranges: Sequence[tuple[int, int]], characters: int = 280
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """At most so many characters of the text around its first range, and the ranges within them."""
    first = ranges[0][0] if ranges else 0
    start = max(0, min(first - _LEAD_CHARACTERS, len(text) - characters))
    end = start + characters
    inside = tuple((max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start)
    return text[start:end], inside


def error_words(status_message: str) -> str:
    """What a person reads of a failure: without the Python traceback that instrumentations append."""
    words, traceback, rest = status_message.partition("Traceback (most recent call last)")
    lines = [line for line in rest.splitlines() if line.strip()] if traceback else []
    return words.strip() or (lines[-1].strip() if lines else "failed")
