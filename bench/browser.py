"""Visits a page with a browser that has never seen it."""

import os
import shutil
from typing import Any

import msgspec
from playwright.sync_api import Page, sync_playwright

__all__ = ["Visit", "visit"]

ROW_S_MAX = 90.0
QUIET_MS = 2_000
POLL_MS = 100
WATCH = """
(() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 8 && box.width > 8 && box.top < innerHeight && element.textContent.includes(NEEDLE);
  };
  const look = () => {
    const rows = document.querySelectorAll("tr, [role=row], [role=listitem], [role=option], li, a");
    if ([...rows].some(seen)) { requestAnimationFrame(() => { window.firstRowMs = performance.now(); }); return; }
    requestAnimationFrame(look);
  };
  look();
})();
"""


class Visit(msgspec.Struct, frozen=True):
    """What one visit cost."""

    first_row_ms: float
    """From the start of navigation until a row with the words was laid out and a frame later."""
    first_paint_ms: float
    wire_bytes: int
    """Headers and bodies of all answers as they came over the wire, until 2 s after the first row."""
    requests: int


def visit(address: str, needle: str) -> Visit:
    """Open the page in a new browser, 1440 by 900, cache empty; wait for a row that shows `needle`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("THREADLINE_CHROMIUM") or shutil.which("chromium")
        )
        try:
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            wire = Wire(page.context.new_cdp_session(page))
            page.add_init_script(WATCH.replace("NEEDLE", msgspec.json.encode(needle).decode()))
            page.goto(address, wait_until="commit", timeout=ROW_S_MAX * 1e3)
            row = first_row_ms(page)
            paint = float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"))
            page.wait_for_timeout(QUIET_MS)
            return Visit(row, paint, wire.total, len(wire.bytes))
        finally:
            browser.close()


def first_row_ms(page: Page) -> float:
    """Asked for again and again: waiting inside the page would need `eval`, which its policy forbids."""
    for _ in range(int(ROW_S_MAX * 1e3 / POLL_MS)):
        found = page.evaluate("window.firstRowMs ?? null")
        if found is not None:
            return float(found)
        page.wait_for_timeout(POLL_MS)
    raise RuntimeError(f"{page.url} shows no row after {ROW_S_MAX:.0f} s: {page.inner_text('body')[:200]!r}")


class Wire:
    """Counts bytes as the browser's network layer reports them."""

    def __init__(self, session: Any) -> None:
        self.bytes: dict[str, int] = {}
        session.on("Network.responseReceived", self.began)
        session.on("Network.dataReceived", self.came)
        session.on("Network.loadingFinished", self.ended)
        session.send("Network.enable")

    @property
    def total(self) -> int:
        """Of all requests."""
        return sum(self.bytes.values())

    def began(self, event: dict[str, Any]) -> None:
        """Headers."""
        if not event["response"]["url"].startswith("data:"):
            self.bytes[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def came(self, event: dict[str, Any]) -> None:
        """Some of a body; an event stream never ends."""
        if event["requestId"] in self.bytes:
            self.bytes[event["requestId"]] += int(event["encodedDataLength"])

    def ended(self, event: dict[str, Any]) -> None:
        """The sum of a whole answer, headers included."""
        if event["requestId"] in self.bytes:
            self.bytes[event["requestId"]] = int(event["encodedDataLength"])
