"""JSON that stands inside an attribute: read if it is JSON, None if it is not, never an error."""

import json
import re
from typing import Any

import msgspec

__all__ = ["NOT_JSON", "begins_like_json", "read_json", "without_surrogates", "write_json"]

NOT_JSON: Any = object()
"""What `read_json` answers for text that is no JSON: `null` is JSON too."""

READ_CHARACTERS_MAX = 4 * 2**20
"""A longer text is not read (4 Mi characters parse in about 15 ms); it is shown as it is."""

_BRACKETS = frozenset("{[")
_SURROGATES = re.compile("[\ud800-\udfff]")
_decode = msgspec.json.Decoder().decode
_PYTHON_ONLY = ("NaN", "Infinity", "\\ud", "\\uD")


def read_json(text: str) -> Any:
    """The value, or NOT_JSON. NaN and lone surrogates, which Python's own writer lets through, are read too."""
    if len(text) > READ_CHARACTERS_MAX:
        return NOT_JSON
    try:
        return _decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        pass
    if not any(mark in text for mark in _PYTHON_ONLY):
        return NOT_JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return NOT_JSON


def begins_like_json(text: str) -> bool:
    """Whether an object or array may stand here: a cheap test before `read_json`."""
    first = text[:1]
    if first.isspace():
        first = text.lstrip()[:1]
    return first in _BRACKETS


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate, which no UTF-8 can hold, replaced by U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def write_json(value: Any) -> str:
    """A value of attributes as JSON text; bytes as base64, NaN as null."""
    try:
        return msgspec.json.encode(value).decode()
    except (UnicodeEncodeError, RecursionError):
        return without_surrogates(json.dumps(value, ensure_ascii=False, default=str))
