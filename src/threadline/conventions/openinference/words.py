"""The words of the last user message and of the final answer, without building any message."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from threadline.conventions.envelope import content_text
from threadline.conventions.openinference.keys import Grouped, group, in_order, index_and_rest
from threadline.conventions.roles import ASSISTANT, USER, role_of
from threadline.model.values import Attributes, Value

__all__ = ["INPUT_MESSAGES", "OUTPUT_MESSAGES", "last_of_assistant", "last_of_user"]

INPUT_MESSAGES = "llm.input_messages."
OUTPUT_MESSAGES = "llm.output_messages."

_ROLE = "role"
_ROLE_LENGTH = len(_ROLE)
_SHOWN = ("image", "audio", "video", "document", "file")


def last_of_user(attributes: Attributes) -> tuple[str | None, bool]:
    """What the last user message with any content says, and whether there are messages at all."""
    messages = _messages(attributes, INPUT_MESSAGES)
    users = (prefix for prefix, role in messages if role == USER and not attributes.get(prefix + "tool_call_id"))
    text = next(_words(attributes, INPUT_MESSAGES, users), None)
    if text is not None:
        return text, True
    for fields in reversed(in_order(group(attributes, "llm.prompts."))):
        text = _string(fields.get("prompt.text"))
        if text is not None:
            return text, True
    listed = attributes.get("llm.prompts")
    return (_string(listed[-1]) if isinstance(listed, list) and listed else None), bool(messages)


def last_of_assistant(attributes: Attributes) -> tuple[str | None, bool]:
    """What the last assistant message after the last user message says, and whether there are any."""
    messages = _messages(attributes, OUTPUT_MESSAGES)
    since_user = takewhile(lambda message: message[1] != USER, messages)
    answers = (prefix for prefix, role in since_user if role in (ASSISTANT, ""))
    text = next(_words(attributes, OUTPUT_MESSAGES, answers), None)
    if text is not None or messages:
        return text, bool(messages)
    for fields in in_order(group(attributes, "llm.choices.")):
        text = _string(fields.get("completion.text"))
        if text is not None:
            return text, True
    return None, False


def _messages(attributes: Attributes, prefix: str) -> list[tuple[str, str]]:
    """What each message's keys begin with, and its role ('' where it has none), the last message first."""
    begins = [key[:-_ROLE_LENGTH] for key in attributes if key.endswith(".message.role") and key.startswith(prefix)]
    if begins:
        begins.sort()
        begins.sort(key=len)  # by index: of decimal numbers the longer is the greater
        return [(begin, role_of(attributes[begin + _ROLE])) for begin in reversed(begins)]
    indices = {index_and_rest(key, len(prefix))[0] for key in attributes if key.startswith(prefix)} - {-1}
    return [(f"{prefix}{index}.message.", "") for index in sorted(indices, reverse=True)]


def _words(attributes: Attributes, prefix: str, begins: Iterable[str]) -> Iterator[str]:
    """The words of the messages whose keys begin so, those that have none left out."""
    grouped: Grouped | None = None
    for begin in begins:
        content = attributes.get(begin + "content")
        if type(content) is str and content:
            yield content
            continue
        grouped = group(attributes, prefix) if grouped is None else grouped
        index, _ = index_and_rest(begin, len(prefix))
        text = content_text(content) or _of_parts(grouped.get(index, {}))
        if text:
            yield text


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
