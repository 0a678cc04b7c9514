"""Visits pages with a Chromium that has never seen them, 1440 by 900."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["ROWS", "Visit", "Wire", "chromium", "new_page", "visit"]

READY_S_MAX = 90.0
QUIET_MS = 2_000
POLL_MS = 100
ROWS = "tr, [role=row], [role=listitem], [role=option], li, a"
"""Where a list shows what was said."""
WATCH = """
(() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 8 && box.width > 8 && box.bottom > 0 && box.top < innerHeight
      && element.textContent.includes(NEEDLE);
  };
  const look = () => {
    if ([...document.querySelectorAll(WHERE)].some(seen)) {
      requestAnimationFrame(() => { window.shownMs = performance.now(); });
      return;
    }
    requestAnimationFrame(look);
  };
  look();
})();
"""


class Visit(msgspec.Struct, frozen=True):
    """What one visit cost."""

    shown_ms: float
    """From the start of navigation until the words were laid out and a frame later."""
    first_paint_ms: float
    wire_bytes: int
    """Headers and bodies of all answers as they came over the wire, until 2 s after the words."""
    requests: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """A new browser: nothing cached, wheels scroll at once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("THREADLINE_CHROMIUM") or shutil.which("chromium"),
            args=["--disable-smooth-scrolling"],
        )
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Browser) -> Page:
    """In a profile of its own."""
    return browser.new_context(viewport={"width": 1440, "height": 900}).new_page()


def visit(address: str, needle: str, where: str = ROWS) -> Visit:
    """Open the page in a new browser, cache empty; wait for an element of `where` in sight that shows `needle`."""
    with chromium() as browser:
        page = new_page(browser)
        wire = Wire(page)
        script = WATCH.replace("NEEDLE", msgspec.json.encode(needle).decode())
        page.add_init_script(script.replace("WHERE", msgspec.json.encode(where).decode()))
        page.goto(address, wait_until="commit", timeout=READY_S_MAX * 1e3)
        shown = shown_ms(page)
        paint = float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"))
        page.wait_for_timeout(QUIET_MS)
        return Visit(shown, paint, wire.total, len(wire.bytes))


def shown_ms(page: Page) -> float:
    """Asked for again and again: waiting inside the page would need `eval`, which its policy forbids."""
    for _ in range(int(READY_S_MAX * 1e3 / POLL_MS)):
        found = page.evaluate("window.shownMs ?? null")
        if found is not None:
            return float(found)
        page.wait_for_timeout(POLL_MS)
    raise RuntimeError(f"{page.url} shows nothing after {READY_S_MAX:.0f} s: {page.inner_text('body')[:200]!r}")


class Wire:
    """Counts bytes as the browser's network layer reports them."""

    def __init__(self, page: Page) -> None:
        self.bytes: dict[str, int] = {}
        self.scripts: set[str] = set()
        session: Any = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self.began)
        session.on("Network.dataReceived", self.came)
        session.on("Network.loadingFinished", self.ended)
        session.send("Network.enable")

    @property
    def total(self) -> int:
        """Of all requests."""
        return sum(self.bytes.values())

    @property
    def script_bytes(self) -> int:
        """Of JavaScript."""
        return sum(self.bytes[one] for one in self.scripts)

    def began(self, event: dict[str, Any]) -> None:
        """Headers."""
        if event["response"]["url"].startswith("data:"):
            return
        self.bytes[event["requestId"]] = int(event["response"]["encodedDataLength"])
        if "javascript" in event["response"]["mimeType"]:
            self.scripts.add(event["requestId"])

    def came(self, event: dict[str, Any]) -> None:
        """Some of a body; an event stream never ends."""
        if event["requestId"] in self.bytes:
            self.bytes[event["requestId"]] += int(event["encodedDataLength"])

    def ended(self, event: dict[str, Any]) -> None:
        """The sum of a whole answer, headers included."""
        if event["requestId"] in self.bytes:
            self.bytes[event["requestId"]] = int(event["encodedDataLength"])
