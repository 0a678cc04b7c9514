"""Metadata as pairs of a key and a text: what `metadata.KEY:value` and free text look at."""

import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["METADATA_CHARACTERS_MAX", "METADATA_PAIRS_MAX", "metadata_pairs"]

METADATA_CHARACTERS_MAX = 1_024
"""Of a key and of a value; what is longer is cut."""
METADATA_PAIRS_MAX = 256
"""Of one turn; those that come later are left out."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL ends a text for SQLite's tokenisers, and UTF-8 holds no lone surrogate."""
_UNSTORABLE_IN_KEY = re.compile("[\x00\x1f\ud800-\udfff]")
"""Beside those the unit separator, which stores put between key and value."""
_STAND_IN = "\u2400"


def metadata_pairs(text: str | None) -> list[tuple[str, str]]:
    """The distinct pairs of a JSON object, in its order; none for what is no object.

    Dots lead into nested objects (`{"a": {"b": 1}}` is `a.b`), each item of a list is a value of the list's key.
    Numbers stand as written in the JSON, `true` and `false` as words; null, `{}` and `[]` say nothing.
    """
    if not text:
        return []
    try:
        read = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return []
    if not isinstance(read, dict):
        return []
    pairs: dict[tuple[str, str], None] = {}
    for key, value in _leaves(read):
        pairs[_key(key), _value(value)] = None
        if len(pairs) == METADATA_PAIRS_MAX:
            break
    return list(pairs)


def _leaves(read: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Without recursion: a sender chooses the depth."""
    waiting: list[Iterator[tuple[str, Any]]] = [iter(read.items())]
    while waiting:
        key, value = next(waiting[-1], (None, None))
        if key is None:
            waiting.pop()
        elif isinstance(value, dict):
            waiting.append(_inside(key, value))
        elif isinstance(value, list):
            waiting.append(_each(key, value))
        elif value is not None:
            yield key, value if isinstance(value, str) else ("true" if value else "false")


def _inside(key: str, value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    start = key[:METADATA_CHARACTERS_MAX]
    return ((f"{start}.{name}", each) for name, each in value.items())


def _each(key: str, value: list[Any]) -> Iterator[tuple[str, Any]]:
    return ((key, each) for each in value)


def _key(key: str) -> str:
    return _UNSTORABLE_IN_KEY.sub(_STAND_IN, key[:METADATA_CHARACTERS_MAX])


def _value(value: str) -> str:
    return _UNSTORABLE.sub(_STAND_IN, value[:METADATA_CHARACTERS_MAX])
