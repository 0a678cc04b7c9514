"""Nothing that loads later moves what is read: a session opened at any turn, with answers that come late."""

from collections.abc import Sequence

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, Route, expect
from served import Server

PROJECT = "still turns"
SHIFT_MAX = 0.02
"""Cumulative Layout Shift, https://web.dev/articles/cls; a good one is 0.1."""
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
ANSWERS = (
    "Yes.",
    "It is **done**.\n\n" + "A long paragraph of the answer. " * 30,
    "```python\nprint('one')\nprint('two')\n```",
    "The mean is $\\frac{1}{n}\\sum_{i=1}^{n} x_i$, so:\n\n$$\\int_0^1 x^2 dx = \\frac{1}{3}$$",
    "- one\n- two\n- three\n- four",
)
LATE = ("**/annotation-names*", "**/outline", "**/turns?*", "**/transcript?*")


@pytest.fixture(scope="module")
def session(server: Server) -> str:
    start = now_ns() - 7 * 24 * 3600 * SECOND
    spans = []
    for at in range(60):
        begin = start + at * 400 * SECOND
        spans += turn("still", f"question {at + 1}", ANSWERS[at % len(ANSWERS)], start_ns=begin)
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="still")
    assert isinstance(found, dict)
    return f"/p/{PROJECT}/sessions/{found['id']}"


def shift_when_late(page: Page, address: str, read: int, held: Sequence[str]) -> float:
    """Opens the page while these answers are held back, lets them go one after the other, and sums what moved."""
    waiting: list[tuple[str, Route]] = []
    page.add_init_script(WATCH)
    for pattern in held:
        page.route(pattern, lambda route, pattern=pattern: waiting.append((pattern, route)))
    page.goto(address)
    for pattern in held:
        page.wait_for_timeout(150)
        page.unroute(pattern)
        for of, route in waiting:
            if of == pattern:
                route.continue_()
    shown = page.get_by_role("region", name="Conversation").get_by_label(f"Turn {read}", exact=True)
    expect(shown.get_by_text(f"question {read}", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("region", name="Labels")).to_be_visible()
    page.wait_for_timeout(300)
    return float(page.evaluate("window.shift"))


@pytest.mark.parametrize("read", [1, 10, 20, 34, 60])
def test_a_turn_opened_by_its_address_stays_where_it_is(page: Page, session: str, read: int) -> None:
    assert shift_when_late(page, f"{session}?turn={read}", read, LATE) <= SHIFT_MAX


def test_the_order_of_the_answers_does_not_matter(page: Page, session: str) -> None:
    assert shift_when_late(page, f"{session}?turn=30", 30, LATE[::-1]) <= SHIFT_MAX


def test_inputs_and_outputs_stay_too(page: Page, session: str) -> None:
    assert shift_when_late(page, f"{session}?turn=30&show=io", 30, LATE[:3]) <= SHIFT_MAX


def test_words_do_not_wait_for_the_outline(page: Page, session: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/outline", hold)
    page.goto(f"{session}?turn=30")
    region = page.get_by_role("region", name="Conversation")
    expect(region.get_by_text("question 30", exact=True)).to_be_in_viewport()
    assert held
    held[0].continue_()
    expect(page.get_by_role("list", name="Turns").get_by_role("button").first).to_be_visible()


def test_reading_on_moves_nothing_beside_the_words(page: Page, server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = []
    for at in range(12):
        begin = start + at * 100 * SECOND
        asked = turn("read on", f"question {at + 1}", "An answer. " * 60, start_ns=begin)
        spans += refund_turn("read on", start_ns=begin) if at % 3 == 2 else asked
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="read on")
    assert isinstance(found, dict)
    page.goto(f"/p/{PROJECT}/sessions/{found['id']}")
    facts = page.get_by_role("complementary", name="Session").get_by_text("Id from")
    shown = page.get_by_role("region", name="Turn in view")
    places = set()
    for at in (3, 4, 5, 6, 7):
        page.get_by_role("list", name="Turns").get_by_role("button").nth(at - 1).click()
        expect(shown.get_by_role("heading")).to_have_text(f"Turn {at}")
        box = facts.bounding_box()
        assert box is not None
        places.add(round(box["y"]))
    assert len(places) == 1
