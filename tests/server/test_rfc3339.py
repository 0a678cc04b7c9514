from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threadline.errors import InvalidInput
from threadline.server.rfc3339 import format_ns, parse_ns


@pytest.mark.parametrize(
    ("time_ns", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1, "1970-01-01T00:00:00.000000001Z"),
        (1_500_000_000, "1970-01-01T00:00:01.500Z"),
        (1_000_001_000, "1970-01-01T00:00:01.000001Z"),
        (2**63 - 1, "2262-04-11T23:47:16.854775807Z"),
        (2**64 - 1, "2554-07-21T23:34:33.709551615Z"),
    ],
)
def test_nanoseconds_are_kept(time_ns: int, text: str):
    assert format_ns(time_ns) == text
    assert parse_ns(text, "since") == time_ns


@given(st.integers(0, 2**64 - 1))
def test_a_time_survives_the_round_trip(time_ns: int):
    assert parse_ns(format_ns(time_ns), "since") == time_ns


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9999, 1, 1)))  # noqa: DTZ001  Hypothesis wants it naive
def test_it_agrees_with_datetime(moment: datetime):
    aware = moment.replace(tzinfo=UTC)

    since_1970 = aware - datetime(1970, 1, 1, tzinfo=UTC)
    assert parse_ns(aware.isoformat(), "since") == since_1970 // timedelta(microseconds=1) * 1000


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-11-22T16:00:00+01:00", "2026-11-22T15:00:00Z"),
        ("2026-11-22T16:00:00 01:00", "2026-11-22T15:00:00Z"),
        ("2026-11-22t15:00:00z", "2026-11-22T15:00:00Z"),
        ("2026-11-22 15:00:00Z", "2026-11-22T15:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2026-11-22T15:00:00.1234567891Z", "2026-11-22T15:00:00.123456789Z"),
    ],
)
def test_forms_that_rfc_3339_allows(text: str, same: str):
    assert parse_ns(text, "since") == parse_ns(same, "since")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-11-22",
        "2026-11-22T15:00:00",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "1763820000",
        "٢٠٢٦-11-22T15:00:00Z",
    ],
)
def test_what_is_no_time_is_refused_by_name(text: str):
    with pytest.raises(InvalidInput, match="`until`"):
        parse_ns(text, "until")
