"""What each side of a span says, and how sure that is: what every convention answers for its texts."""

import msgspec

from threadline.conventions.json_text import without_surrogates
from threadline.model.facts import NO_TEXT

__all__ = ["JSON", "NOTHING", "PLAIN", "Side", "cut"]

PLAIN = "text/plain"
JSON = "application/json"


class Side(msgspec.Struct, frozen=True, gc=False):
    """One side: rank 1 explicit or plain text, 2 messages, 3 read out of JSON, 4 JSON as it is, 9 nothing."""

    rank: int
    text: str | None
    mime_type: str = PLAIN


NOTHING = Side(NO_TEXT, None)


def cut(text: str, bytes_max: int) -> str:
    """At most so many bytes of UTF-8, cut between two characters; lone surrogates become U+FFFD."""
    if len(text) <= bytes_max and text.isascii():
        return text
    head = text[:bytes_max]
    try:
        encoded = head.encode()
    except UnicodeEncodeError:
        head = without_surrogates(head)
        encoded = head.encode()
    if len(encoded) <= bytes_max:
        return head
    return encoded[:bytes_max].decode("utf-8", "ignore")
