"""What a person said and what came back, read out of the JSON that frameworks wrap around it.

Shapes seen in recordings: OpenAI and Anthropic requests and answers, Gemini contents, LangChain messages
(serialised as `{"lc": 1, ...}`, as `{"type": "human", "data": {...}}`, as `["user", "Hi"]`), LangGraph states,
LangChain generations, LlamaIndex and DSPy arguments, `{"args": [...], "kwargs": {...}}`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from threadline.conventions.json_text import NOT_JSON, begins_like_json, read_json
from threadline.conventions.roles import ASSISTANT, USER, role_of

__all__ = ["answered", "content_text", "said", "tool_result"]

_DEPTH_MAX = 6
_SAID_KEYS = (
    "messages",
    "new_message",
    "question",
    "query",
    "query_str",
    "input",
    "user_input",
    "user_msg",
    "q",
    "prompt",
    "message",
    "contents",
    "requests",
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
    "completion",
    "raw",
    "text",
    "content",
    "choices",
    "candidates",
    "generations",
    "message",
    "return_values",
    "kwargs",
)


_SILENT = frozenset({"thinking", "reasoning", "tool_use", "tool_result"})
"""Parts of an answer that are not said to the person."""


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
        silent = content.get("type") in _SILENT or content.get("thought") is True
        texts = [] if silent else [content_text(content.get(key), depth + 1) for key in ("text", "parts", "content")]
        return next((text for text in texts if text), None)
    if isinstance(content, list):
        return "\n".join(filter(None, (content_text(part, depth + 1) for part in content))) or None
    return None


def tool_result(value: Any) -> str | None:
    """The words of a tool message that a framework serialised; None when it is none."""
    message = _message(value)
    return message.text if message is not None and message.role == "tool" else None


def _read(value: Any, keys: tuple[str, ...], pick: Callable[[Sequence[_Said]], str | None], depth: int) -> str | None:
    if isinstance(value, str):
        inner = read_json(value) if depth and begins_like_json(value) else NOT_JSON
        if not isinstance(inner, (dict, list)):
            return value if value.strip() else None
        value = inner
    if depth > _DEPTH_MAX or not isinstance(value, (dict, list)):
        return None
    message = _message(value)
    if message is not None:
        return message.text if depth == 0 and message.role != "system" else pick([message])
    if isinstance(value, list):
        return _read_list(value, keys, pick, depth)
    inside = (_read(value[key], keys, pick, depth + 1) for key in keys if value.get(key) is not None)
    return next((text for text in inside if text), None)


def _read_list(
    values: list[Any], keys: tuple[str, ...], pick: Callable[[Sequence[_Said]], str | None], depth: int
) -> str | None:
    known = [message for message in map(_message, values) if message is not None]
    if known:
        return pick(known)
    if values and all(isinstance(item, str) for item in values):
        return "\n".join(values).strip() or None
    return _read(values[0], keys, pick, depth + 1) if values else None


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
    if isinstance(item, Mapping):
        return _serialised(item) if "lc" in item else _object(item)
    if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
        role = role_of(item[0])
        return _Said(role, item[1]) if role in _KNOWN_ROLES else None
    return None


def _serialised(item: Mapping[str, Any]) -> _Said | None:
    """LangChain's `{"lc": 1, "type": "constructor", "id": [..., "HumanMessage"], "kwargs": {...}}`."""
    kwargs, path = item.get("kwargs"), item.get("id")
    if not isinstance(kwargs, Mapping):
        return None
    kind = kwargs.get("type") or (path[-1] if isinstance(path, list) and path else "")
    return _Said(role_of(kind), content_text(kwargs.get("content")))


def _object(item: Mapping[str, Any]) -> _Said | None:
    role = role_of(item.get("role") or item.get("type"))
    if role not in _KNOWN_ROLES:
        return None
    data = item.get("data")
    holder = data if isinstance(data, Mapping) else item
    for key in ("content", "contents", "parts", "blocks"):
        if key in holder:
            return _Said(role, content_text(holder[key]))
    return _Said(role, None) if isinstance(item.get("role"), str) else None


_KNOWN_ROLES = frozenset({USER, ASSISTANT, "system", "tool"})
