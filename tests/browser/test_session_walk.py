"""From a list to its sessions, one after the other, and back."""

import re

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "walked"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    for n in range(1, 5):
        spans = turn(f"s-{n}", f"parcel question {n}", "An answer.", start_ns=start + n * SECOND, user='mara "m" k')
        server.send(request(PROJECT, spans))


def test_the_list_is_walked_and_back_leads_to_it(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=parcel")
    page.get_by_role("link", name=re.compile("parcel question 3")).click()
    expect(page.get_by_text("2 of 4", exact=True)).to_be_visible()
    page.get_by_role("button", name="Next session").click()
    expect(page.get_by_text("3 of 4", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Turn 1", exact=True)).to_contain_text("parcel question 2")
    page.keyboard.press("Shift+K")
    page.keyboard.press("Shift+K")
    expect(page.get_by_text("1 of 4", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Previous session")).to_be_disabled()
    page.reload()
    expect(page.get_by_text("1 of 4", exact=True)).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/sessions\?q=parcel"))


def test_an_end_user_leads_to_their_sessions(page: Page, server: Server) -> None:
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    page.goto(f"/p/{PROJECT}/sessions/{found['id']}")
    page.get_by_role("link", name='mara "m" k').click()
    expect(page.locator("[data-row]")).to_have_count(4)


def test_single_keys_can_be_off(page: Page, server: Server) -> None:
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    page.goto(f"/p/{PROJECT}/sessions/{found['id']}")
    page.evaluate("localStorage.setItem('threadline-single-keys', 'off')")
    page.reload()
    expect(page.get_by_role("region", name="Turn 1", exact=True)).to_be_visible()
    for key in ("t", "m", "f", "1"):
        page.keyboard.press(key)
    expect(page.get_by_role("region", name="Timeline")).to_have_count(0)
    expect(page.get_by_role("search")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
