"""What the person said and what came back, as one OpenInference span tells it, with its rank."""

from collections.abc import Callable, Mapping
from typing import Any

from threadline.conventions.envelope import answered, content_text, said
from threadline.conventions.json_text import NOT_JSON, begins_like_json, read_json, write_json
from threadline.conventions.openinference.keys import Grouped, group, index_and_rest
from threadline.conventions.roles import ASSISTANT, USER, role_of
from threadline.conventions.sides import JSON, NOTHING, Side
from threadline.model.values import Attributes, Value

__all__ = ["input_side", "output_side"]

INPUT_MESSAGES = "llm.input_messages."
OUTPUT_MESSAGES = "llm.output_messages."


def input_side(attributes: Attributes) -> Side:
    """What the person said."""
    return _side(attributes, "input.value", "input.mime_type", _last_of_user, said)


def output_side(attributes: Attributes) -> Side:
    """What came back."""
    return _side(attributes, "output.value", "output.mime_type", _last_of_assistant, answered)


def _side(
    attributes: Attributes,
    value_key: str,
    mime_key: str,
    of_messages: Callable[[Attributes], tuple[str | None, bool]],
    of_envelope: Callable[[Any], str | None],
) -> Side:
    value = attributes.get(value_key)
    mime = attributes.get(mime_key)
    parsed: Any = NOT_JSON
    said_json = type(mime) is str and "json" in mime.lower()
    if type(value) is str:
        if not value.strip():
            value = None
        elif not said_json:
            if mime is None and begins_like_json(value):
                parsed = read_json(value)
            if not isinstance(parsed, (dict, list)):
                return Side(1, value)
    elif value is not None and not isinstance(value, (dict, list)):
        return NOTHING if isinstance(value, bytes) else Side(1, write_json(value))
    text, has_messages = of_messages(attributes)
    if text:
        return Side(2, text)
    if value is None:
        return NOTHING
    if isinstance(value, str):
        if parsed is NOT_JSON:
            parsed = read_json(value)
    else:
        parsed = value
    text = None if parsed is NOT_JSON else of_envelope(parsed)
    if text:
        return Side(3, text)
    if has_messages:
        return NOTHING  # an answer of tool calls alone has no words: its raw JSON is none either
    return Side(4, value if isinstance(value, str) else write_json(value), JSON)


def _last_of_user(attributes: Attributes) -> tuple[str | None, bool]:
    """The words of the last user message, and whether there are messages at all."""
    found: list[int] = []
    any_message = False
    prompts: list[int] = []
    for key in attributes:
        if key.startswith(INPUT_MESSAGES):
            any_message = True
            if key.endswith(".message.role") and role_of(attributes[key]) == USER:
                index, _ = index_and_rest(key, len(INPUT_MESSAGES))
                if index >= 0:
                    found.append(index)
        elif key.startswith("llm.prompts."):
            index, rest = index_and_rest(key, len("llm.prompts."))
            if index >= 0 and rest == "prompt.text":
                prompts.append(index)
    found.sort(reverse=True)
    for index in found:
        text = _words(attributes, f"{INPUT_MESSAGES}{index}.message.")
        if text:
            return text, True
    if prompts:
        text = _string(attributes.get(f"llm.prompts.{max(prompts)}.prompt.text"))
        return text, True
    return _last_string(attributes.get("llm.prompts")), any_message


def _last_of_assistant(attributes: Attributes) -> tuple[str | None, bool]:
    """The words of the answer: the last assistant message after the last user message."""
    found: set[int] = set()
    choices: list[int] = []
    for key in attributes:
        if key.startswith(OUTPUT_MESSAGES):
            index, _ = index_and_rest(key, len(OUTPUT_MESSAGES))
            if index >= 0:
                found.add(index)
        elif key.startswith("llm.choices."):
            index, rest = index_and_rest(key, len("llm.choices."))
            if index >= 0 and rest == "completion.text":
                choices.append(index)
    for index in sorted(found, reverse=True):
        prefix = f"{OUTPUT_MESSAGES}{index}.message."
        role = role_of(attributes.get(prefix + "role"))
        if role == USER:
            break
        if role in (ASSISTANT, ""):
            text = _words(attributes, prefix)
            if text:
                return text, True
    if choices:
        return _string(attributes.get(f"llm.choices.{min(choices)}.completion.text")), True
    return None, bool(found)


def _words(attributes: Attributes, prefix: str) -> str | None:
    """A message's text; `[image]` and the like where it has none but shows something."""
    content = attributes.get(prefix + "content")
    if type(content) is str and content:
        return content
    if isinstance(content, (dict, list)):
        text = content_text(content)
        if text:
            return text
    parts = group(attributes, prefix + "contents.")
    if not parts:
        return None
    texts = [_part_words(part) for _, part in sorted(parts.items())]
    return "\n".join(text for text in texts if text) or _shown(parts)


def _part_words(part: Mapping[str, Value]) -> str | None:
    if part.get("message_content.type") in ("reasoning", "tool_use"):
        return None
    return _string(part.get("message_content.text"))


_SHOWN = (
    ("message_content.image.", "[image]"),
    ("message_content.audio.", "[audio]"),
    ("message_content.video.", "[video]"),
    ("message_content.document.", "[document]"),
    ("message_content.file.", "[file]"),
)


def _shown(parts: Grouped) -> str | None:
    words = []
    for _, part in sorted(parts.items()):
        present = tuple(key for key, value in part.items() if value is not None and value != {})
        words += [word for prefix, word in _SHOWN if any(key.startswith(prefix) for key in present)]
    return " ".join(words) or None


def _string(value: Value) -> str | None:
    return value if type(value) is str and value else None


def _last_string(value: Value) -> str | None:
    return _string(value[-1]) if isinstance(value, list) and value else None
