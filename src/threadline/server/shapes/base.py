"""What several shapes share."""

from typing import Literal

import msgspec

__all__ = ["Named", "Status", "Struct", "Text", "Tool", "Tools"]

Status = Literal["ok", "error", "unset"]


class Struct(msgspec.Struct, frozen=True):
    """What all shapes share: they never change."""


class Text(Struct, frozen=True):
    """One side of a turn."""

    text: str
    mime_type: str


class Named(Struct, frozen=True):
    """A set: the first 20 values in order, and how many there are."""

    values: list[str]
    count: int


class Tool(Struct, frozen=True):
    """How often a tool was called, and how often that failed."""

    name: str
    calls: int
    errors: int


class Tools(Struct, frozen=True):
    """The first 20 tools by name, and how many there are."""

    values: list[Tool]
    count: int
