"""The whole session on one time axis."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "timed turns"


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    start = now_ns() - 90_000 * SECOND
    spans = turn("s-1", "first", "answer", start_ns=start, ms=4000)
    spans += refund_turn("s-1", start_ns=start + 30 * SECOND)
    spans += turn("s-1", "a day later", "answer", start_ns=start + 86_400 * SECOND, ms=8000)
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    return f"/p/timed%20turns/sessions/{found['id']}"


def open_timeline(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("region", name="Turn 1", exact=True)).to_be_visible()
    page.keyboard.press("t")


def test_pauses_shrink_and_errors_are_marked(page: Page, address: str) -> None:
    open_timeline(page, address)
    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline).to_contain_text("3 turns, 1 pause of 5 min or more shortened")
    expect(timeline.locator("text")).to_have_text("✕")
    widths = timeline.locator("rect").evaluate_all("all => all.map(each => each.width.baseVal.value)")
    assert widths[0] == pytest.approx(24)
    # 4 s, 10.9 s and 8 s stand to scale.
    assert widths[2] / widths[1] == pytest.approx(10.9 / 4, rel=0.02)
    assert widths[3] / widths[1] == pytest.approx(8 / 4, rel=0.02)
    page.keyboard.press("t")
    expect(timeline).to_have_count(0)


def test_a_click_leads_to_the_turn(page: Page, address: str) -> None:
    open_timeline(page, address)
    timeline = page.get_by_role("region", name="Timeline")
    timeline.locator("rect").nth(3).click()
    expect(page).to_have_url(re.compile("turn=3"))


def test_spans_stand_beneath_on_demand(page: Page, address: str) -> None:
    open_timeline(page, address)
    timeline = page.get_by_role("region", name="Timeline")
    bars = timeline.locator("rect").count()
    timeline.get_by_role("button", name="Spans").click()
    expect(timeline.locator("rect title").filter(has_text="create_refund, error, 10.0 s")).to_have_count(1)
    assert timeline.locator("rect").count() > bars


def test_it_zooms_by_button_and_key(page: Page, address: str) -> None:
    open_timeline(page, address)
    timeline = page.get_by_role("region", name="Timeline")
    before = timeline.locator("svg").last.bounding_box()
    timeline.get_by_role("button", name="Zoom in").click()
    axis = timeline.get_by_role("group", name="Time axis: plus and minus zoom, arrows move")
    axis.focus()
    page.keyboard.press("+")
    page.wait_for_timeout(100)
    after = timeline.locator("svg").last.bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(before["width"] * 4, rel=0.01)
    page.keyboard.press("0")
    expect(timeline.get_by_role("button", name="Zoom out")).to_be_disabled()
