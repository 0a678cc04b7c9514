"""What the person said and what came back, as one OpenInference span tells it, with its rank."""

from collections.abc import Callable
from typing import Any, NamedTuple

from threadline.conventions.envelope import answered, said
from threadline.conventions.json_text import NOT_JSON, begins_like_json, read_json, write_json
from threadline.conventions.openinference.words import Places, last_of_assistant, last_of_user
from threadline.conventions.sides import JSON, NOTHING, PLAIN, Side
from threadline.model.values import Attributes, Value

__all__ = ["input_side", "output_side"]


class _Keys(NamedTuple):
    """Where one side stands, and how it is read out of messages and out of JSON."""

    value: str
    mime_type: str
    of_messages: Callable[[Attributes, Places], tuple[str | None, bool]]
    of_envelope: Callable[[Any], str | None]


_INPUT = _Keys("input.value", "input.mime_type", last_of_user, said)
_OUTPUT = _Keys("output.value", "output.mime_type", last_of_assistant, answered)


def input_side(attributes: Attributes, where: Places) -> Side:
    """What the person said. `where` is the input's part of the plan."""
    return _side(attributes, _INPUT, where)


def output_side(attributes: Attributes, where: Places) -> Side:
    """What came back. `where` is the output's part of the plan."""
    return _side(attributes, _OUTPUT, where)


def _side(attributes: Attributes, keys: _Keys, where: Places) -> Side:
    value = attributes.get(keys.value)
    mime_type = attributes.get(keys.mime_type)
    if type(value) is str and mime_type is None and value[:1].isalnum():
        return Side(1, value)  # nearly every text; an object or array begins otherwise
    said_plain = type(mime_type) is str and "json" not in mime_type.lower()
    if type(value) is str:
        if (mime_type is None or said_plain) and not _holds_json(value) and not value.isspace() and value:
            return Side(1, value)
    elif isinstance(value, (bool, int, float)):
        return Side(1, write_json(value))
    text, has_messages = keys.of_messages(attributes, where)
    if text:
        return _words(2, text)
    if said_plain and isinstance(value, str) and value.strip():
        return Side(1, value)  # JSON that its sender calls plain text, and nothing reads better
    return _of_json(value, keys, has_messages=has_messages)


def _of_json(value: Value, keys: _Keys, *, has_messages: bool) -> Side:
    if value is None or isinstance(value, bytes) or (isinstance(value, str) and not value.strip()):
        return NOTHING
    parsed = read_json(value) if isinstance(value, str) else value
    text = None if parsed is NOT_JSON else keys.of_envelope(parsed)
    if text:
        return _words(3, text)
    if has_messages:
        return NOTHING  # an answer of tool calls alone has no words, and its raw JSON is no answer either
    return Side(4, value if isinstance(value, str) else write_json(value), JSON)


def _words(rank: int, text: str) -> Side:
    """Words; an answer that was asked for as JSON says so."""
    return Side(rank, text, JSON if _holds_json(text) else PLAIN)


def _holds_json(text: str) -> bool:
    return begins_like_json(text) and isinstance(read_json(text), (dict, list))
