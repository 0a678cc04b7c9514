"""Examples of the REST API's answers, by operation id. A test holds each to its shape."""

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

__all__ = ["examples"]


@cache
def examples() -> dict[str, Any]:
    """Operation id to answer: what a server says of a conversation of two turns."""
    found: dict[str, Any] = msgspec.json.decode((files(__package__) / "examples.json").read_bytes())
    return found
