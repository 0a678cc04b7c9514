"""Times as RFC 3339 in UTC, nanoseconds kept. Python's own datetime stops at microseconds and at year 9999."""

import re
from datetime import UTC, datetime

from threadline.errors import InvalidInput

__all__ = ["format_ns", "parse_ns"]

NS = 1_000_000_000
LATEST_S = 253_402_300_799
"""9999-12-31T23:59:59Z, the last second that RFC 3339 can write; 2**63 - 1 ns lies in 2262, 2**64 - 1 in 2554."""

SHAPE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[+-]\d\d:\d\d)",
    re.ASCII,
)


def format_ns(time_ns: int) -> str:
    """`2026-11-22T15:00:00Z` with a fraction of 3, 6 or 9 digits where there is one; ns since the epoch in."""
    seconds, fraction = divmod(min(time_ns, LATEST_S * NS), NS)
    stem = datetime.fromtimestamp(seconds, UTC).isoformat()[:19]
    if not fraction:
        return f"{stem}Z"
    digits = f"{fraction:09d}"
    while digits.endswith("000"):
        digits = digits[:-3]
    return f"{stem}.{digits}Z"


def parse_ns(text: str, parameter: str) -> int:
    """Ns since the epoch; InvalidInput `invalid_time` names the parameter. A zone is asked for."""
    # An unescaped + in a query string arrives as a space.
    match = SHAPE.fullmatch(re.sub(r" (\d\d:\d\d)$", r"+\1", text.strip()))
    moment_ns = None if match is None else _moment_ns(match)
    if moment_ns is None:
        raise InvalidInput(
            "invalid_time", f"`{parameter}` is no time: write it as 2026-11-22T15:00:00Z, with Z or an offset."
        )
    return moment_ns


def _moment_ns(match: re.Match[str]) -> int | None:
    leap = match[6] == "60"
    day = f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{'59' if leap else match[6]}"
    try:
        moment = datetime.fromisoformat(day + match[8].upper().replace("Z", "+00:00"))
    except ValueError:
        return None
    return (int(moment.timestamp()) + leap) * NS + int((match[7] or "").ljust(9, "0"))
