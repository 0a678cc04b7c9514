"""Which browser tests may be skipped where a browser is required: pictures that another Chromium drew."""

import pytest

__all__ = ["ELSEWHERE", "may_be_skipped"]

ELSEWHERE = "drawn elsewhere: the pictures are of"
"""Begins the reason of exactly that."""


def may_be_skipped(report: pytest.TestReport) -> bool:
    """True for a picture that this Chromium cannot be held to; not where there is no Chromium or no page."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    return "pinned_chromium" in report.keywords and reason.startswith(f"Skipped: {ELSEWHERE}")
