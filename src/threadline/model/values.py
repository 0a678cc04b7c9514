"""Attribute values as OpenTelemetry defines them, in Python's own types."""

from collections.abc import Mapping
from typing import TypeAlias

__all__ = ["I64_MAX", "Attributes", "Value", "capped"]

I64_MAX = 2**63 - 1
"""The greatest time, in ns, that is folded; a later one is stored as sent and folded as this one.
Sums (tokens, nano-USD) end here too: see `capped`."""

Value: TypeAlias = "str | bool | int | float | bytes | list[Value] | dict[str, Value] | None"
"""One AnyValue. `None` is an AnyValue in which nothing is set."""

Attributes: TypeAlias = Mapping[str, Value]
"""Attributes by key, in the order sent. Of a repeated key the last one stays."""


def capped(total: int) -> int:
    """A sum as it is answered: one beyond 2**63 - 1, which no honest sender reaches, is 2**63 - 1."""
    return min(total, I64_MAX)
