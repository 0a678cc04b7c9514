"""Numbers with their units: what was typed to the integer that is compared, and back."""

import math
import re
from decimal import Decimal

from threadline.model.values import I64_MAX
from threadline.query.fields import FieldKind

__all__ = ["EXPECTED", "read_measure", "write_measure"]

_COUNTS = {"": 1, "k": 1_000, "m": 1_000_000}
_NANO_USD = 1_000_000_000
_TIMES = {
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60 * 1_000_000_000,
    "h": 3_600 * 1_000_000_000,
    "d": 86_400 * 1_000_000_000,
}
"""ns."""

_PLAIN = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)")
_SCORE = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

EXPECTED: dict[FieldKind, str] = {
    "count": "a number such as 5 or 10k",
    "money": "US dollars such as 0.5 or $2",
    "time": "a time with its unit, such as 3s, 250ms or 1m30s",
    "score": "a number such as 0.5",
}
"""What each kind of number looks like."""


def read_measure(kind: FieldKind, written: str) -> int | float | None:
    """The number in the unit of `Number.value`; None for what is none of its kind.

    A count must be whole, money a multiple of a nano-dollar, a time one of a nanosecond; each at most 2**63 - 1.
    """
    if kind == "score":
        score = float(written) if _SCORE.fullmatch(written) else math.inf
        return score if math.isfinite(score) else None
    if kind == "time":
        return _read_time(written.lower())
    found = _PLAIN.fullmatch(written.removeprefix("$").lower() if kind == "money" else written.lower())
    factor = None if found is None else ({"": _NANO_USD} if kind == "money" else _COUNTS).get(found[2])
    return None if found is None or factor is None else _whole(Decimal(found[1]) * factor)


def _read_time(written: str) -> int | None:
    total, end = Decimal(0), 0
    for part in _PLAIN.finditer(written):
        if part.start() != end or part[2] not in _TIMES:
            return None
        total += Decimal(part[1]) * _TIMES[part[2]]
        end = part.end()
    return _whole(total) if written and end == len(written) else None


def _whole(number: Decimal) -> int | None:
    return int(number) if number <= I64_MAX and number == number.to_integral_value() else None


def write_measure(kind: FieldKind, value: float) -> str:
    """The text that `read_measure` reads as this value."""
    if kind == "score":
        return repr(float(value))
    if kind == "count":
        return str(value)
    if kind == "money":
        return _decimal(value, _NANO_USD)
    unit = next((unit for unit in ("d", "h", "m", "s") if value and value % _TIMES[unit] == 0), None)
    if unit is None:
        unit = "s" if value and value >= _TIMES["s"] else "ms"
    return _decimal(value, _TIMES[unit]) + unit


def _decimal(value: float, factor: int) -> str:
    whole, rest = divmod(int(value), factor)
    digits = str(rest).rjust(len(str(factor)) - 1, "0").rstrip("0") if rest else ""
    return f"{whole}.{digits}" if digits else str(whole)
