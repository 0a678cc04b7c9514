"""What a person said and what came back, read out of the JSON that frameworks wrap around it.

Shapes seen in recordings: OpenAI and Anthropic requests and answers, Gemini contents, LangChain messages
(serialised as `{"lc": 1, ...}`, as `{"type": "human", "data": {...}}`, as `["user", "Hi"]`), LangGraph states,
LangChain generations, LlamaIndex and DSPy arguments, `{"args": [...], "kwargs": {...}}`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from threadline.conventions.json_text import NOT_JSON, begins_like_json, read_json
from threadline.conventions.roles import ASSISTANT, USER, role_of

__all__ = ["answered", "content_text", "said"]

_DEPTH_MAX = 6
_SAID_KEYS = (
    "messages",
    "new_message",
    "question",
    "query",
    "query_str",
    "input",
    "user_input",
    "q",
    "prompt",
    "message",
    "contents",
    "content",
    "text",
    "kwargs",
    "args",
)
_ANSWERED_KEYS = (
    "messages",
    "output",
    "answer",
    "final_output",
    "final_answer",
    "response",
    "result",
    "text",
    "content",
    "choices",
    "candidates",
    "generations",
    "message",
    "return_values",
    "kwargs",
)


class _Said(NamedTuple):
    role: str
    text: str | None


def said(value: Any) -> str | None:
    """The last thing the user says in it; None when it is no envelope that is known here."""
    return _read(value, _SAID_KEYS, _last_of_user, 0)


def answered(value: Any) -> str | None:
    """The final answer in it: the last assistant words after the last user message."""
    return _read(value, _ANSWERED_KEYS, _last_of_assistant, 0)


def content_text(content: Any, depth: int = 0) -> str | None:
    """The words of a message's content: a string, or parts of which only the texts count."""
    if isinstance(content, str):
        return content or None
    if depth > _DEPTH_MAX:
        return None
    if isinstance(content, Mapping):
        if (
            content.get("type") in ("thinking", "reasoning", "tool_use", "tool_result")
            or content.get("thought") is True
        ):
            return None
        for key in ("text", "parts", "content"):
            text = content_text(content.get(key), depth + 1)
            if text:
                return text
        return None
    if isinstance(content, Sequence) and not isinstance(content, bytes):
        texts = [content_text(part, depth + 1) for part in content]
        return "\n".join(text for text in texts if text) or None
    return None


def _read(value: Any, keys: tuple[str, ...], pick: Callable[[Sequence[_Said]], str | None], depth: int) -> str | None:
    if isinstance(value, str):
        inner = read_json(value) if depth and begins_like_json(value) else NOT_JSON
        if isinstance(inner, (dict, list)):
            return _read(inner, keys, pick, depth + 1)
        return value if value.strip() else None
    if depth > _DEPTH_MAX:
        return None
    if isinstance(value, Mapping):
        message = _message(value)
        if message is not None:
            return pick([message])
        for key in keys:
            text = _read(value[key], keys, pick, depth + 1) if value.get(key) is not None else None
            if text:
                return text
        return None
    if isinstance(value, list) and value:
        messages = [_message(item) for item in value]
        known = [message for message in messages if message is not None]
        if known and len(known) == len(messages):
            return pick(known)
        if known:
            return pick(known) or None
        return _read(value[0], keys, pick, depth + 1) if len(value) == 1 or not isinstance(value[0], str) else None
    return None


def _last_of_user(messages: Sequence[_Said]) -> str | None:
    return next((m.text for m in reversed(messages) if m.role == USER and m.text), None)


def _last_of_assistant(messages: Sequence[_Said]) -> str | None:
    for message in reversed(messages):
        if message.role == USER:
            return None
        if message.role == ASSISTANT and message.text:
            return message.text
    return None


def _message(item: Any) -> _Said | None:
    """A message in any of the shapes above; None when it is none."""
    if isinstance(item, list):
        if len(item) == 2 and all(isinstance(part, str) for part in item):
            role = role_of(item[0])
            return _Said(role, item[1]) if role in _KNOWN_ROLES else None
        return None
    if not isinstance(item, Mapping):
        return None
    kwargs = item.get("kwargs")
    if "lc" in item and isinstance(kwargs, Mapping):
        path = item.get("id")
        kind = kwargs.get("type") or (path[-1] if isinstance(path, list) and path else "")
        return _Said(role_of(kind), content_text(kwargs.get("content")))
    kind = item.get("role") or item.get("type")
    role = role_of(kind)
    if role not in _KNOWN_ROLES:
        return None
    data = item.get("data")
    holder = data if isinstance(data, Mapping) else item
    for key in ("content", "contents", "parts", "blocks"):
        if key in holder:
            return _Said(role, content_text(holder[key]))
    return _Said(role, None) if isinstance(item.get("role"), str) else None


_KNOWN_ROLES = frozenset({USER, ASSISTANT, "system", "tool"})
