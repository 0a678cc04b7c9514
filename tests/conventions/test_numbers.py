"""Counts and money from whatever producers write."""

import pytest

from threadline.conventions.numbers import nano_usd, number, tokens


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (0, 0),
        (12, 12),
        (2**53 - 1, 2**53 - 1),
        (2**53, None),
        (2**63 - 1, None),
        (-1, None),
        (12.0, 12),
        ("12", 12),
        (" 12.0 ", 12),
        ("1e3", 1000),
        (1e300, None),
        (float("nan"), None),
        (float("inf"), None),
        ("many", None),
        ("", None),
        ("9" * 100, None),
        (True, None),
        (None, None),
        ([1], None),
        (b"1", None),
    ],
)
def test_tokens(value, count):
    assert tokens(value) == count


@pytest.mark.parametrize(
    ("value", "nano"),
    [
        (0, 0),
        (1, 10**9),
        (0.1, 10**8),
        (0.0000000005, 0),
        (0.0000000015, 2),
        (0.0000000025, 2),
        ("0.25", 250_000_000),
        (-0.1, None),
        (1e300, None),
        (float("nan"), None),
        ("free", None),
        (None, None),
    ],
)
def test_nano_usd_rounds_half_to_even(value, nano):
    assert nano_usd(value) == nano


def test_numbers():
    assert [number(value) for value in (0.5, 3, "0.25", float("nan"), "x", None)] == [0.5, 3.0, 0.25, None, None, None]
