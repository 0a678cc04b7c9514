"""Which pictures, sounds and files one OpenInference span brings, beside words."""

from collections.abc import Sequence
from typing import NamedTuple

from threadline.conventions.openinference.keys import index_and_rest
from threadline.conventions.openinference.words import INPUT_MESSAGES
from threadline.conventions.roles import ASSISTANT, role_of
from threadline.model.values import Attributes

__all__ = ["Place", "content", "content_places"]

_MARK = ".message_content."
_OF_MESSAGES = {
    "image.image.url": "image",
    "image.url": "image",
    "audio.audio.url": "audio",
    "audio.audio.transcript": "audio",
    **{f"{name}.{name}.{end}": "file" for name in ("video", "document", "file") for end in ("url", "name")},
}
"""What follows the mark -> what it is; `parts.py` makes a part of each."""
_BESIDE = {
    "input.images": "image",
    "output.images": "image",
    "input.documents": "file",
    "output.documents": "file",
}
"""Of semantic conventions 0.1.42: flattened below these keys, or as one value."""


class Place(NamedTuple):
    """A key under which something other than words may stand."""

    key: str
    is_a: str
    """`image`, `audio` or `file`."""
    message: int
    """The input message that it is part of; -1: none."""


def content_places(keys: Sequence[str]) -> tuple[Place, ...]:
    """All such keys; of nearly every span none."""
    found = []
    for key in keys:
        _, mark, rest = key.partition(_MARK)
        if mark:
            is_a = _OF_MESSAGES.get(rest)
            message = index_and_rest(key, len(INPUT_MESSAGES))[0] if key.startswith(INPUT_MESSAGES) else -1
        else:
            is_a, message = _beside(key), -1
        if is_a is not None:
            found.append(Place(key, is_a, message))
    return tuple(found)


def content(attributes: Attributes, places: Sequence[Place]) -> tuple[str, ...]:
    """What the span brings, of `audio, file, image` in this order.

    An LLM call resends the history: of its input only what comes after the last answer is new.
    """
    if not places:
        return ()
    answered = _last_answer(attributes) if any(place.message >= 0 for place in places) else -1
    found = {place.is_a for place in places if attributes[place.key] and not 0 <= place.message < answered}
    return tuple(sorted(found))


def _beside(key: str) -> str | None:
    for begin, is_a in _BESIDE.items():
        if key == begin or (key.startswith(begin + ".") and key.endswith((".url", ".name"))):
            return is_a
    return None


def _last_answer(attributes: Attributes) -> int:
    """The last input message of the assistant; -1 when there is none."""
    last = -1
    for key, value in attributes.items():
        if key.startswith(INPUT_MESSAGES) and role_of(value) == ASSISTANT:
            index, rest = index_and_rest(key, len(INPUT_MESSAGES))
            if rest == "message.role":
                last = max(last, index)
    return last
