"""Fixtures that every folder of tests may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pinned import may_be_skipped

settings.register_profile("thorough", max_examples=1_000, deadline=None)
"""`--hypothesis-profile thorough`: ten times as many examples, in tests of long stories too.

Without a deadline: in an hour's run beside other work some example always takes longer than its 200 ms."""

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("THREADLINE_CORPUS", REPOSITORY.parent / "shared" / "corpus"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-snapshots", action="store_true", help="write the browser's snapshots anew: make snapshots"
    )


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of recorded payloads; tests that read it are skipped by name where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("no recorded payloads here: set THREADLINE_CORPUS to their folder")
    return CORPUS


def _needs_browser(item: pytest.Item) -> bool:
    return "browser" in item.path.parts or item.get_closest_marker("browser") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last: Playwright leaves an event loop in this thread, beside which none can start."""
    items.sort(key=_needs_browser)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With THREADLINE_REQUIRE_BROWSER (CI sets it), browser tests that were skipped fail the run.

    Pictures that another Chromium drew do not: they are told, as every skipped test is.
    """
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("THREADLINE_REQUIRE_BROWSER") or terminal is None:
        return
    skipped = [
        report.nodeid
        for report in terminal.stats.get("skipped", [])
        if ("browser/" in report.nodeid or "browser" in report.keywords) and not may_be_skipped(report)
    ]
    if skipped:
        terminal.write_line(f"THREADLINE_REQUIRE_BROWSER is set, but {len(skipped)} browser tests were skipped.")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
