"""The parts of one OpenInference message: text, pictures, sound, files, reasoning and tool calls."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from threadline.conventions.envelope import content_text
from threadline.conventions.json_text import write_json
from threadline.conventions.openinference.keys import NONE, Lists, in_order
from threadline.model.message import AudioPart, FilePart, ImagePart, Part, ReasoningPart, TextPart, ToolCallPart
from threadline.model.values import Value

__all__ = ["Fields", "content_parts", "tool_call"]

Fields: TypeAlias = Mapping[str, Value]
"""Attributes with what stands before them cut off."""


def content_parts(message: Fields, listed: Lists) -> Iterator[Part]:
    """`content` and `contents` are alternatives; where both are sent, a text they share is shown once."""
    content = message.get("content")
    words = content if isinstance(content, str) else content_text(content)
    told = [part for fields in in_order(listed.get("contents.", NONE)) for part in _content(fields)]
    texts = [part.text for part in told if isinstance(part, TextPart)]
    if words and words not in texts and words != "\n".join(texts) and words != "".join(texts):
        yield TextPart(words)
    yield from told


def tool_call(fields: Fields) -> ToolCallPart | None:
    """A call from `tool_call.*`; None where nothing of it is set (vercel 2.8 sends such ghosts)."""
    name = _text(fields.get("tool_call.function.name"))
    arguments = _text(fields.get("tool_call.function.arguments"))
    identity = _text(fields.get("tool_call.id"))
    if name is None and arguments is None:
        return None
    return ToolCallPart(name or "", arguments or "", identity)


def _content(fields: Fields) -> Iterator[Part]:
    own = {key.removeprefix("message_content."): value for key, value in fields.items()}
    kind = own.get("type")
    text = _text(own.get("text"))
    if kind == "reasoning":
        yield ReasoningPart(text or "")
    elif text is not None:
        yield TextPart(text)
    url = _text(own.get("image.image.url")) or _text(own.get("image.url"))
    if url is not None:
        yield ImagePart(url, _text(own.get("image.image.mime_type")))
    yield from _sound(own)
    for name in ("video", "document", "file"):
        url, title = _text(own.get(f"{name}.{name}.url")), _text(own.get(f"{name}.{name}.name"))
        if url is not None or title is not None:
            yield FilePart(url or "", _text(own.get(f"{name}.{name}.mime_type")), title or None)
    call = tool_call(own) or tool_call(fields)
    if call is not None:
        yield call


def _sound(own: Fields) -> Iterator[Part]:
    url, transcript = _text(own.get("audio.audio.url")), _text(own.get("audio.audio.transcript"))
    if url is not None or transcript is not None:
        yield AudioPart(url or "", _text(own.get("audio.audio.mime_type")), transcript)


def _text(value: Value) -> str | None:
    if isinstance(value, str):
        return value or None
    if value is None or isinstance(value, bytes) or value == {}:
        return None
    return write_json(value)
