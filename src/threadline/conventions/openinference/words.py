"""The words of the last user message and of the final answer, without building any message."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from threadline.conventions.envelope import content_text
from threadline.conventions.openinference.keys import Grouped, group, in_order, index_and_rest
from threadline.conventions.roles import ASSISTANT, USER, role_of
from threadline.model.values import Attributes, Value

__all__ = [
    "INPUT_MESSAGES",
    "OUTPUT_MESSAGES",
    "Places",
    "input_places",
    "last_of_assistant",
    "last_of_user",
    "output_places",
]

INPUT_MESSAGES = "llm.input_messages."
OUTPUT_MESSAGES = "llm.output_messages."

_ROLE = ".message.role"
_ROLE_LENGTH = len("role")
_SHOWN = ("image", "audio", "video", "document", "file")


class Places(msgspec.Struct, frozen=True, gc=False):
    """Where one side's messages stand among the keys of a span."""

    begins: Sequence[str]
    """What the keys of each message begin with, the last message first."""
    has_legacy: bool
    """Whether there are prompts or choices of a legacy completion."""


def input_places(keys: Iterable[str]) -> Places:
    """Where the input's messages stand."""
    return _places(tuple(keys), INPUT_MESSAGES, "llm.prompts")


def output_places(keys: Iterable[str]) -> Places:
    """Where the output's messages stand."""
    return _places(tuple(keys), OUTPUT_MESSAGES, "llm.choices.")


def last_of_user(attributes: Attributes, where: Places) -> tuple[str | None, bool]:
    """What the last user message with any content says, and whether there are messages at all."""
    grouped: Grouped | None = None
    for begin in where.begins:
        if role_of(attributes.get(begin + "role")) != USER or attributes.get(begin + "tool_call_id"):
            continue
        content = attributes.get(begin + "content")
        if type(content) is str and content:
            return content, True
        grouped = group(attributes, INPUT_MESSAGES) if grouped is None else grouped
        text = _words(grouped, begin, len(INPUT_MESSAGES))
        if text is not None:
            return text, True
    return _last_prompt(attributes) if where.has_legacy else None, bool(where.begins)


def last_of_assistant(attributes: Attributes, where: Places) -> tuple[str | None, bool]:
    """What the last assistant message after the last user message says, and whether there are any."""
    grouped: Grouped | None = None
    for begin in where.begins:
        role = role_of(attributes.get(begin + "role"))
        if role == USER:
            break
        if role not in (ASSISTANT, ""):
            continue
        content = attributes.get(begin + "content")
        if type(content) is str and content:
            return content, True
        grouped = group(attributes, OUTPUT_MESSAGES) if grouped is None else grouped
        text = _words(grouped, begin, len(OUTPUT_MESSAGES))
        if text is not None:
            return text, True
    if where.begins:
        return None, True
    choice = _first_choice(attributes) if where.has_legacy else None
    return choice, choice is not None


def _places(keys: Sequence[str], messages: str, legacy: str) -> Places:
    return Places(tuple(_begins(keys, messages)), any(key.startswith(legacy) for key in keys))


def _begins(keys: Sequence[str], prefix: str) -> list[str]:
    begins = [key[:-_ROLE_LENGTH] for key in keys if key.endswith(_ROLE) and key.startswith(prefix)]
    if not begins:
        indices = {index_and_rest(key, len(prefix))[0] for key in keys if key.startswith(prefix)} - {-1}
        return [f"{prefix}{index}.message." for index in sorted(indices, reverse=True)]
    if len(begins) > 1:
        begins.sort(reverse=True)
        begins.sort(key=len, reverse=True)  # by index: of decimal numbers the longer is the greater
    return begins


def _last_prompt(attributes: Attributes) -> str | None:
    """Legacy completions."""
    flat = (_string(fields.get("prompt.text")) for fields in reversed(in_order(group(attributes, "llm.prompts."))))
    listed = attributes.get("llm.prompts")
    return next(filter(None, flat), None) or (_string(listed[-1]) if isinstance(listed, list) and listed else None)


def _first_choice(attributes: Attributes) -> str | None:
    """Legacy completions."""
    flat = (_string(fields.get("completion.text")) for fields in in_order(group(attributes, "llm.choices.")))
    return next(filter(None, flat), None)


def _words(grouped: Grouped, begin: str, prefix_length: int) -> str | None:
    """The words of a message whose content is no plain string."""
    fields = grouped.get(index_and_rest(begin, prefix_length)[0], {})
    return content_text(fields.get("message.content")) or _of_parts(fields)


def _of_parts(message: Mapping[str, Value]) -> str | None:
    """The texts of `contents`; `[image]` and the like where a message has none but shows something."""
    parts = in_order(group(message, "message.contents."))
    texts = (
        _string(part.get("message_content.text"))
        for part in parts
        if part.get("message_content.type") not in ("reasoning", "tool_use")
    )
    return "\n".join(text for text in texts if text) or " ".join(_shown(parts)) or None


def _shown(parts: list[Mapping[str, Value]]) -> Iterator[str]:
    for part in parts:
        for name in _SHOWN:
            begin = f"message_content.{name}."
            if any(key.startswith(begin) and value != {} for key, value in part.items()):
                yield f"[{name}]"


def _string(value: Value) -> str | None:
    return value if type(value) is str and value else None
