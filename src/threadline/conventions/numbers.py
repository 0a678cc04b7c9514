"""Numbers as producers send them: integers, floats and numeric strings become exact integers or nothing."""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

__all__ = ["NANO_USD_MAX", "TOKENS_MAX", "nano_usd", "number", "tokens"]

TOKENS_MAX = 2**53 - 1
"""The greatest count that every JSON reader holds exactly."""

_USD_MAX = 1_000_000_000
"""A cost of one span beyond this is noise (2**63 nano-USD are 9.2 thousand million USD)."""
NANO_USD_MAX = _USD_MAX * 1_000_000_000
"""The same in nano-USD; a computed cost ends here too."""
_DIGITS_MAX = 64
_NANO = Decimal(1_000_000_000)


def tokens(value: object) -> int | None:
    """A count from 0 to 2**53 - 1; None for anything else, a broken number included."""
    if type(value) is int:
        return value if 0 <= value <= TOKENS_MAX else None
    exact = _decimal(value)
    if exact is None or not 0 <= exact <= TOKENS_MAX:
        return None
    whole = int(exact)
    return whole if whole == exact else None


def nano_usd(value: object) -> int | None:
    """A cost in USD as whole nano-USD, rounded once, half to even; None when it is not a cost."""
    exact = _decimal(value)
    if exact is None or not 0 <= exact <= _USD_MAX:
        return None
    return int((exact * _NANO).to_integral_value(ROUND_HALF_EVEN))


def number(value: object) -> float | None:
    """A finite number, for scores; None for anything else."""
    exact = _decimal(value)
    return None if exact is None else float(exact)


def _decimal(value: object) -> Decimal | None:
    if type(value) is float:
        value = repr(value)  # the shortest decimal that is this float, which is what its sender wrote
    elif type(value) is int:
        return Decimal(value)
    if type(value) is not str or not value or len(value) > _DIGITS_MAX:
        return None
    try:
        exact = Decimal(value.strip())
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None
