"""Which messages of a call were said before: every LLM call resends its history, and people read it once.

A thread is what one call was sent, and its answer. A call continues the thread that holds most of its
messages, in order; the messages that thread lacks are new. Histories may be cut at the front, may leave out
tool calls and may hold the same words twice: only the order of what is found counts.
"""

from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from threadline.model.message import (
    AudioPart,
    DocumentsPart,
    FilePart,
    ImagePart,
    JsonPart,
    Message,
    Part,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

__all__ = ["History", "canonical_json", "message_key"]

_THREADS_MAX = 16
"""Calls of a turn that the next calls are compared with: its last ones."""


class _Thread(NamedTuple):
    keys: list[bytes]
    places: dict[bytes, list[int]]


class Known(NamedTuple):
    """How a call's messages relate to what was said: for each whether it is new, and how many are not."""

    new: list[bool]
    matched: int


class History:
    """What the calls of one turn, and of the turn with calls before it, said.

    It never depends on anything older, so that a page of a transcript reads the same wherever it begins.
    """

    def __init__(self) -> None:
        self._before: list[_Thread] = []
        self._now: list[_Thread] = []
        self._systems_before: dict[tuple[str, int], bytes] = {}
        self._systems_now: dict[tuple[str, int], bytes] = {}
        self._keys: dict[Message, bytes] = {}

    def key(self, message: Message) -> bytes:
        """`message_key`, worked out once for a message that every call resends."""
        key = self._keys.get(message)
        if key is None:
            key = self._keys[message] = message_key(message)
        return key

    def recognise(self, keys: Sequence[bytes], *, last_is_new: bool) -> Known:
        """Compare a call's messages with the thread that holds most of them.

        `last_is_new` says that the last one was said just now, though its words may have been said before.
        """
        compared = keys[:-1] if last_is_new else keys
        best = Known([True] * len(keys), 0)
        for thread in reversed((*self._before, *self._now)):
            new = _unmatched(compared, thread)
            matched = len(compared) - sum(new)
            if matched > best.matched:
                best = Known([*new, True] if last_is_new else new, matched)
        return best

    def add(self, keys: Sequence[bytes]) -> None:
        """A call said these: what it was sent, and its answer."""
        places: dict[bytes, list[int]] = {}
        for place, key in enumerate(keys):
            places.setdefault(key, []).append(place)
        self._now = [*self._now[1 - _THREADS_MAX :], _Thread(list(keys), places)]

    def system(self, agent: str, number: int, key: bytes) -> tuple[bool, bool]:
        """Whether to show an agent's system prompt, and whether it replaces another."""
        place = (agent, number)
        known = self._systems_now.get(place, self._systems_before.get(place))
        self._systems_now[place] = key
        return known != key, known is not None and known != key

    def end_turn(self) -> None:
        """From now on this turn is the one before, if it made a call."""
        if self._now:
            self._before, self._now = self._now, []
            self._systems_before, self._systems_now = self._systems_now, {}


def _unmatched(keys: Sequence[bytes], thread: _Thread) -> list[bool]:
    at = 0
    new: list[bool] = []
    for key in keys:
        places = thread.places.get(key, ())
        found = bisect_left(places, at)
        if found < len(places):
            at = places[found] + 1
            new.append(False)
        else:
            new.append(True)
    return new


def message_key(message: Message) -> bytes:
    """Equal for the same role, words, pictures and calls; ids, whitespace and reasoning do not count."""
    said = tuple(token for part in message.parts for token in _tokens(part))
    return blake2b(msgspec.json.encode((message.role, said)), digest_size=16).digest()


def canonical_json(text: str) -> str:
    """The same text for the same JSON value, however it is written; other text as it is, trimmed."""
    try:
        return msgspec.json.encode(msgspec.json.decode(text), order="sorted").decode()
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return text.strip()


def _tokens(part: Part) -> tuple[str, ...]:
    match part:
        case TextPart(text):
            told: tuple[str, ...] = ("text", " ".join(text.split()))
        case ToolCallPart(name, arguments):
            told = ("call", name, canonical_json(arguments))
        case ToolResultPart(result):
            told = ("result", " ".join(result.split()))
        case ImagePart(url) | AudioPart(url) | FilePart(url):
            told = ("at", url)
        case JsonPart(value):
            told = ("json", canonical_json(value))
        case DocumentsPart(documents):
            told = ("documents", *(document.content for document in documents))
        case ReasoningPart():
            told = ()
    return told
