"""Nothing moves by itself; Back is as one left it."""

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "still"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    turns = [turn(f"s-{n:03}", f"question {n:03}", "answer", start_ns=start + n * SECOND) for n in range(160)]
    server.send(request(PROJECT, [one for each in turns for one in each]))


def test_fifty_sessions_arrive_and_the_row_one_reads_stays(page: Page, server: Server) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.get_by_role("switch", name="Live: Live")).to_be_visible()
    for _ in range(25):
        page.keyboard.press("j")
    row = page.locator("[data-row='24']")
    expect(row).to_have_attribute("data-selected", "true")
    text, before = row.inner_text(), row.bounding_box()
    page.evaluate(
        """() => { window.shifts = 0; new PerformanceObserver(list => {
             for (const each of list.getEntries()) window.shifts += each.value;
           }).observe({ type: 'layout-shift', buffered: false }); }"""
    )
    for n in range(50):
        server.send(request(PROJECT, turn(f"new-{n}", f"new question {n}", "answer", start_ns=now_ns())))
    expect(page.get_by_role("button", name="new")).to_be_visible()
    expect(page.get_by_role("button", name="50+ new").or_(page.get_by_role("button", name="50 new"))).to_be_visible()
    after = row.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) <= 1
    assert row.inner_text().splitlines()[0] == text.splitlines()[0]
    assert page.evaluate("window.shifts") <= 0.02
    page.get_by_role("button", name="new").click()
    expect(page.locator("[data-row='0']")).to_contain_text("new question 49")


def test_back_restores_scroll_focus_and_what_was_picked(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=question")
    expect(page.locator("[data-row='0']")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="Picked sessions")).to_contain_text("1 session picked")
    row = page.locator("[data-row='39']")
    before = row.bounding_box()
    name = row.get_by_role("link").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("question")
    page.go_back()
    expect(row.get_by_role("link")).to_be_focused()
    assert row.get_by_role("link").inner_text() == name
    assert row.bounding_box() == before
    expect(row.get_by_role("checkbox")).to_be_checked()


def test_the_live_switch_stops_listening(page: Page, server: Server) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("switch", name="Live: Live").click()
    expect(page.get_by_role("switch", name="Live: off")).to_have_attribute("aria-checked", "false")
    server.send(request(PROJECT, turn("unseen", "nobody counts this", "answer", start_ns=now_ns())))
    page.wait_for_timeout(2500)
    expect(page.get_by_role("button", name="new")).to_have_count(0)
