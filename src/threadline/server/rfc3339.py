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
    stem = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
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
    try:
        if match is None:
            raise ValueError(text)
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        zone = match[8].upper().replace("Z", "+00:00")
        leap = second == 60
        moment = datetime.fromisoformat(
            f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{59 if leap else second:02d}{zone}"
        )
    except ValueError:
        raise InvalidInput(
            "invalid_time",
            f"`{parameter}` is no time: write it as 2026-11-22T15:00:00Z, with Z or an offset.",
        ) from None
    return (int(moment.timestamp()) + leap) * NS + int((match[7] or "").ljust(9, "0"))
