"""Two sessions beside each other, turns aligned."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "compared"


@pytest.fixture(scope="module")
def ids(server: Server) -> dict[str, str]:
    start = now_ns() - 3600 * SECOND
    bad = turn("bad", "I was charged twice for order 4471", "I found two.", start_ns=start, tokens=(100, 20))
    bad += refund_turn("bad", start_ns=start + 60 * SECOND)
    good = turn("good", "I was charged twice for order 12", "Which card?", start_ns=start, tokens=(100, 20))
    good += turn("good", "what do you mean?", "The last digits.", start_ns=start + 30 * SECOND)
    good += turn("good", "yes, refund the card ending 12", "Done.", start_ns=start + 60 * SECOND)
    server.send(request(PROJECT, bad + good))
    found = {own: server.get("/v1/resolve/session", project=PROJECT, session_id=own) for own in ("bad", "good")}
    return {own: each["id"] for own, each in found.items() if isinstance(each, dict)}


def test_turns_are_aligned_and_figures_differ(page: Page, ids: dict[str, str]) -> None:
    page.goto(f"/p/{PROJECT}/compare?a={ids['bad']}&b={ids['good']}")
    figures = page.get_by_role("group", name="Figures")
    difference = figures.get_by_role("row").filter(has_text="Difference")
    expect(difference).to_contain_text("+1")
    expect(difference).to_contain_text("\N{MINUS SIGN}1")
    pairs = page.locator("[data-index]")
    expect(pairs).to_have_count(3)
    expect(pairs.nth(1)).to_contain_text("No such turn in A")
    expect(pairs.nth(2).locator("[data-side=A]")).to_contain_text("yes, refund the card ending 88")
    expect(pairs.nth(2).locator("[data-side=B]")).to_contain_text("yes, refund the card ending 12")
    page.get_by_role("button", name="Swap").click()
    expect(pairs.nth(1)).to_contain_text("No such turn in B")


def test_a_session_offers_others_to_compare_with(page: Page, ids: dict[str, str]) -> None:
    page.goto(f"/p/{PROJECT}/sessions/{ids['bad']}")
    page.get_by_role("button", name="Actions on the session").click()
    page.get_by_role("menuitem", name="Compare with…").click()
    dialog = page.get_by_role("dialog", name="Compare with")
    dialog.get_by_role("list", name="Similar sessions").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile(f"a={ids['bad']}&b={ids['good']}"))
    page.go_back()
    page.get_by_role("button", name="Actions on the session").click()
    page.get_by_role("menuitem", name="Compare with…").click()
    page.get_by_role("textbox", name="Session id").fill("good")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversations")).to_be_visible()


def test_one_session_alone_says_what_to_do(page: Page, ids: dict[str, str]) -> None:
    page.goto(f"/p/{PROJECT}/compare?a={ids['bad']}")
    expect(page.get_by_role("heading", name="Two sessions are needed.")).to_be_visible()
