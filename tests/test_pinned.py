"""A run that requires a browser forgives one reason to skip, of the tests marked for it."""

import pytest

from pinned import ELSEWHERE, may_be_skipped


@pytest.mark.parametrize(
    ("marks", "reason", "forgiven"),
    [
        ({"browser", "pinned_chromium"}, f"{ELSEWHERE} Chromium 156 on Linux, this is Chromium 157 on Linux", True),
        ({"browser", "pinned_chromium"}, "no Chromium here: set THREADLINE_CHROMIUM to one", False),
        ({"browser"}, f"{ELSEWHERE} Chromium 156 on Linux, this is Chromium 157 on Linux", False),
    ],
)
def test_only_pictures_of_another_chromium_may_be_skipped(marks: set[str], reason: str, *, forgiven: bool) -> None:
    report = pytest.TestReport(
        "tests/browser/test_x.py::test_y",
        ("tests/browser/test_x.py", 1, "test_y"),
        dict.fromkeys(marks, 1),
        "skipped",
        ("tests/browser/test_x.py", 1, f"Skipped: {reason}"),
        "setup",
    )
    assert may_be_skipped(report) is forgiven
