"""A real server and a real browser. Everything goes over HTTP; every page is watched for what it must not do."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import jobs
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from seeded import AUTHOR, NOW, NOW_NS, fill
from served import Server, running
from watched import Watched

STATIC = Path(__file__).parents[2] / "src/threadline/server/static/index.html"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, or the tests that need one are skipped by name."""
    named = os.environ.get("THREADLINE_CHROMIUM")
    found = named or next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Chromium here: set THREADLINE_CHROMIUM to one")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts servers, their clock stopped if one says when; all end at the end."""
    if not STATIC.is_file():
        pytest.skip("the page is not built: npm --prefix ui ci && npm --prefix ui run build")
    with contextlib.ExitStack() as stack:

        def start(stopped_ns: int | None = None) -> Server:
            return stack.enter_context(running(tmp_path_factory.mktemp("server"), stopped_ns))

        yield start


@pytest.fixture(scope="session")
def server(start_server: Callable[..., Server]) -> Server:
    """The server that tests share: each sends to a project of its own."""
    return start_server()


@pytest.fixture
def empty_server(start_server: Callable[..., Server]) -> Server:
    """A server to which nothing has ever been sent."""
    return start_server()


@pytest.fixture
def watched(server: Server) -> Watched:
    """The record of faults; a test may expect some."""
    return Watched(server.url)


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A fresh profile at 1440x900, light, in UTC, on the shared server."""
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1440, "height": 900}, color_scheme="light", timezone_id="UTC"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, watched: Watched) -> Iterator[Page]:
    """A page on the shared server. The test fails if the page did what none may."""
    page = context.new_page()
    watched.watch(page)
    yield page
    watched.check()


@pytest.fixture(scope="session")
def shop(start_server: Callable[..., Server]) -> tuple[Server, dict[str, str]]:
    """A server on which all is the same in each run, its clock too; and the addresses of what it holds."""
    server = start_server(NOW_NS)
    return server, fill(server)


@pytest.fixture
def still_watched(shop: tuple[Server, dict[str, str]]) -> Watched:
    """The record of faults of `still`."""
    return Watched(shop[0].url)


@pytest.fixture
def still(browser: Browser, shop: tuple[Server, dict[str, str]], still_watched: Watched) -> Iterator[Page]:
    """A page on that server, its clock at the same moment, where nothing moves. Fails as `page` does."""
    server, _ = shop
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 1440, "height": 900},
        color_scheme="light",
        locale="en-GB",
        reduced_motion="reduce",
        timezone_id="UTC",
    )
    context.set_default_timeout(10_000)
    context.add_init_script(f"localStorage.setItem('threadline-author', '{AUTHOR}')")
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    still_watched.watch(page)
    yield page
    context.close()
    still_watched.check()


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Whether snapshots are written, not compared."""
    return bool(request.config.getoption("--renew-snapshots"))


@pytest.fixture(scope="module")
def sought_trace(server: Server, request: pytest.FixtureRequest) -> str:
    """The conversations of the jobs, in the module's PROJECT; the id of the trace that is pasted."""
    return jobs.fill(server, request.module.PROJECT)


@pytest.fixture
def acts(page: Page, sought_trace: str, request: pytest.FixtureRequest) -> jobs.Actions:
    """Where each job begins: the list of the module's PROJECT, read by somebody with a name."""
    page.add_init_script(f"localStorage.setItem('threadline-author', '{AUTHOR}')")
    page.goto(f"/p/{request.module.PROJECT}/sessions")
    expect(jobs.rows(page).first).to_be_visible()
    return jobs.Actions(page)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
