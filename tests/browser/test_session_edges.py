"""A session's page where things are not as hoped: no such turn, no such session, a menu in the way."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "edges"


@pytest.fixture(scope="module")
def session(server: Server) -> str:
    start = now_ns() - 3600 * SECOND
    spans = turn("edge", "where is it", "here", start_ns=start) + refund_turn("edge", start_ns=start + 60 * SECOND)
    spans += turn("edge", "thanks", "gladly", start_ns=start + 120 * SECOND)
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="edge")
    assert isinstance(found, dict)
    return f"/p/{PROJECT}/sessions/{found['id']}"


def test_escape_closes_a_menu_and_stays(page: Page, session: str) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("link", name=re.compile("where is it")).click()
    for name in ("Actions on the session", "Actions on turn 1"):
        for _ in range(2):
            page.get_by_role("button", name=name).press("Enter")
            expect(page.get_by_role("menu")).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.get_by_role("menu")).to_have_count(0)
            expect(page.get_by_role("button", name=name)).to_be_focused()
    expect(page).to_have_url(re.compile(session))
    page.get_by_role("button", name="Actions on the session").press("Enter")
    page.get_by_role("menuitem", name="Delete…").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Actions on the session")).to_be_focused()


def test_what_is_not_there_keeps_the_ways_on(page: Page, session: str, watched) -> None:
    watched.expect("Failed to load resource")
    page.goto(f"/p/{PROJECT}/sessions/missing")
    expect(page.get_by_role("heading", name="No session has this id")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Sessions")).to_be_visible()
    page.get_by_role("link", name="Search the sessions for this id").click()
    expect(page).to_have_url(re.compile("/sessions\\?q=missing"))
    page.route("**/v1/projects/*/traces/*", lambda route: route.fulfill(status=500, body="{}"))
    page.goto(f"/p/{PROJECT}/traces/{'0' * 31}1")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Back to the traces").click()
    expect(page).to_have_url(re.compile("/traces$"))


def test_a_turn_that_is_not_there(page: Page, session: str) -> None:
    page.goto(f"{session}?turn=99")
    expect(page.get_by_role("status").filter(has_text="This session has 3 turns")).to_be_visible()
    expect(page).to_have_url(re.compile("turn=3"))
    expect(page.get_by_role("button", name="Turn 3", exact=True)).to_be_visible()


def test_the_first_error_opens(page: Page, session: str) -> None:
    page.goto(f"{session}?at=error")
    expect(page).to_have_url(re.compile(r"\?turn=2$"))
    expect(page.get_by_role("region", name="Turn 2", exact=True)).to_be_in_viewport()


def test_a_label_key_is_not_typed_into_the_question(page: Page, session: str) -> None:
    page.goto(f"/p/{PROJECT}/review")
    page.get_by_role("button", name="Set up").first.click()
    form = page.get_by_role("form", name="Set up a name")
    form.get_by_label("Name").fill("mood")
    form.get_by_label("Labels, by commas").fill("calm, angry")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="2 angry")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")
    expect(page.get_by_role("dialog", name="Who labels?").get_by_role("textbox")).to_have_value("")
