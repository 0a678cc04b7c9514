"""The page of 40,000 sessions in a real browser: opening, scrolling, searching, walking from session to session."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from playwright.sync_api import Page, Response

from bench.browser import Wire, chromium, visit
from bench.conversations import COMMON_WORD, RARE_WORD, vocabulary
from bench.figures import Figure, at_most, percentile
from bench.scenarios.reading import LIST
from bench.servers import Server
from bench.shapes import MANY
from bench.watched import Feel, WatchedPage
from bench.workbench import Workbench

__all__ = ["measure"]

VISITS = 7
PAGES = 12
WORDS = (COMMON_WORD, RARE_WORD, max(vocabulary()[:200], key=len))
WALKED = 20
GLANCE_MS = 250
"""Between two keys: the work of one must not be counted for the next."""
READ_MS = 600
QUIET_MS = 2_000

ROW = "(index) => document.querySelector(`[role=row][aria-rowindex='${index}']`) !== null"
MARKED = """
(word) => {
  const row = document.querySelector("[role=table] [role=row][aria-rowindex='2']");
  return [...(row?.querySelectorAll("mark") ?? [])].some((one) => one.textContent.toLowerCase() === word);
}
"""
FIRST_ROW = """
(words) => document.querySelector("[role=table] [role=row][aria-rowindex='2']")?.textContent.includes(words) ?? false
"""
SAID = """
(words) => document.querySelector("[role=region][aria-label=Conversation]")?.textContent.includes(words) ?? false
"""


def measure(bench: Workbench) -> list[Figure]:
    """One server, one browser a group; each figure from its own actions."""
    with bench.server(bench.filled(MANY)) as server:
        address = f"http://127.0.0.1:{server.port}/p/{MANY.project}/sessions"
        rows = newest(server, 3 * WALKED)
        first = [visit(address, rows[0]["first_input"][:20]).shown_ms for _ in range(VISITS)]
        return [
            *both("first row visible", "s", [one / 1e3 for one in first], 1.0, f"{VISITS} first visits"),
            *timed("next page", address, next_pages, 150),
            *timed("keystroke to list", address, keystrokes, 250),
            *timed("next session", address, lambda page: next_sessions(page, rows), 150),
            *scripts(address, rows[0]["first_input"][:20]),
        ]


def newest(server: Server, count: int) -> list[dict[str, Any]]:
    """The first rows of the list as the page orders it."""
    link = server.connect()
    found = link.get(LIST.replace("limit=50", f"limit={count}"))
    link.close()
    rows: list[dict[str, Any]] = msgspec.json.decode(found.body)["data"]
    return rows


def both(what: str, unit: str, values: list[float], target: float, note: str) -> list[Figure]:
    """p50 and p95 of one figure of the page; the target holds for both."""
    name = "sessions page at 40,000 sessions"
    return [
        at_most(f"{name}, {what}, p50", percentile(values, 0.5), unit, target, note),
        at_most(f"{name}, {what}, p95", percentile(values, 0.95), unit, target),
    ]


def timed(what: str, address: str, act: Callable[[WatchedPage], list[float]], target: float) -> list[Figure]:
    """A group of actions on a page of its own, and how that page felt."""
    with chromium() as browser:
        page = WatchedPage(browser)
        page.page.goto(address)
        page.page.get_by_role("table", name="Sessions").get_by_role("link").first.wait_for()
        page.page.wait_for_timeout(QUIET_MS)
        times = act(page)
        page.page.wait_for_timeout(QUIET_MS)
        feel = page.feel()
    note = f"{len(times)} times, slowest {max(times):.0f} ms"
    return [*both(what, "ms", times, target, note), *felt(what, feel)]


def felt(what: str, feel: Feel) -> list[Figure]:
    """INP and CLS of one group."""
    return [
        at_most(f"  INP during {what}", feel.inp_ms, "ms", 200, f"{feel.interactions} interactions of 16 ms or more"),
        at_most(f"  CLS during {what}", feel.shift, "", 0.02),
    ]


def next_pages(watched: WatchedPage) -> list[float]:
    """From a turn of the wheel to the end of what is loaded, until the row after it is there."""
    page = watched.page
    loaded = Loaded(page)
    page.reload()
    table = page.get_by_role("table", name="Sessions")
    table.get_by_role("link").first.wait_for()
    page.wait_for_timeout(QUIET_MS)
    page.mouse.move(720, 700)
    times = []
    for _ in range(PAGES):
        watched.expect(ROW, loaded.rows + 2)
        page.mouse.wheel(0, 1_000_000)
        times.append(watched.took_ms("the next page"))
        page.wait_for_timeout(READ_MS)
    return times


class Loaded:
    """Counts the rows that the page has received since it was opened; asking twice for the same adds none."""

    def __init__(self, page: Page) -> None:
        self.pages: dict[str, int] = {}
        page.on("response", self.came)

    @property
    def rows(self) -> int:
        """Of all pages of the list."""
        return sum(self.pages.values())

    def came(self, response: Response) -> None:
        """An answer; only pages of the list count."""
        address = urlsplit(response.url)
        if address.path.endswith("/sessions") and address.path.startswith("/v1/") and response.status == 200:
            asked = parse_qs(address.query)
            self.pages[asked.get("cursor", [""])[0]] = int(asked.get("limit", ["50"])[0])


def keystrokes(watched: WatchedPage) -> list[float]:
    """From each key until the first row shows what is typed, marked."""
    page = watched.page
    box = page.get_by_label("Search sessions")
    first = page.get_by_role("table", name="Sessions").get_by_role("link").first.inner_text()[:20]
    times = []
    for word in WORDS:
        box.click()
        for end in range(1, len(word) + 1):
            watched.expect(MARKED, word[:end])
            page.keyboard.press(word[end - 1])
            times.append(watched.took_ms(f"the list of {word[:end]}"))
            page.wait_for_timeout(GLANCE_MS)
        page.keyboard.press("ControlOrMeta+a")
        watched.expect(FIRST_ROW, first)
        page.keyboard.press("Delete")
        times.append(watched.took_ms("the whole list"))
        page.wait_for_timeout(GLANCE_MS)
    return times


def next_sessions(watched: WatchedPage, rows: list[dict[str, Any]]) -> list[float]:
    """From the key until the next conversation stands there."""
    page = watched.page
    page.get_by_role("table", name="Sessions").get_by_role("link").first.click()
    page.get_by_role("region", name="Conversation").get_by_text(rows[0]["first_input"][:20]).first.wait_for()
    page.wait_for_timeout(QUIET_MS)
    times = []
    for row in rows[1 : WALKED + 1]:
        watched.expect(SAID, row["first_input"][:30])
        page.keyboard.press("Shift+J")
        times.append(watched.took_ms("the next session"))
        page.wait_for_timeout(READ_MS)
    return times


def scripts(address: str, first_words: str) -> list[Figure]:
    """JavaScript as it came over the wire: of the list, and what a session adds to it."""
    with chromium() as browser:
        watched = WatchedPage(browser)
        wire = Wire(watched.page)
        watched.page.goto(address)
        row = watched.page.get_by_role("table", name="Sessions").get_by_role("link").first
        row.wait_for()
        watched.page.wait_for_timeout(QUIET_MS)
        of_list = wire.script_bytes
        row.click()
        conversation = watched.page.get_by_role("region", name="Conversation")
        conversation.get_by_text(first_words).first.wait_for()
        watched.page.wait_for_timeout(QUIET_MS)
        added = wire.script_bytes - of_list
    return [
        at_most(
            "script on the wire, sessions page", of_list / 1e3, "kB", 350, f"{len(wire.scripts)} files with a session"
        ),
        at_most("script on the wire, added by a session", added / 1e3, "kB", 120),
    ]
