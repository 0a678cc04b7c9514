"""Search within a conversation, and links to a turn and to a message."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import Server

PROJECT = "found"
CODE = "So:\n\n```python\nparcel = find(4471)\n```\n\nand `parcel` is it."
FORMULA = "The share is \\(s_{parcel} = 3\\), a parcel."
LINES = "\n".join(f"line {n}" for n in range(60))


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = []
    for n in range(1, 41):
        answer = f"{LINES}\nthe parcel waits" if n == 30 else "the parcel waits" if n in {5, 17} else f"answer {n}"
        spans += turn("s-1", f"question {n}", answer, start_ns=start + n * SECOND)
    for n, (question, answer) in enumerate([("code", CODE), ("formula", FORMULA)]):
        spans += turn("s-2", question, answer, start_ns=start + n * SECOND)
    refund = refund_turn("s-2", start_ns=start + 60 * SECOND)
    for one in refund:
        one.ClearField("status")  # what failed opens in any case
    spans += refund
    server.send(request(PROJECT, spans))


def address_of(server: Server, session: str) -> str:
    found = server.get("/v1/resolve/session", project=PROJECT, session_id=session)
    assert isinstance(found, dict)
    return f"/p/{PROJECT}/sessions/{found['id']}"


@pytest.fixture
def address(server: Server) -> str:
    return address_of(server, "s-1")


def test_hits_are_marked_and_walked(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("answer 1", exact=True)).to_be_visible()
    page.keyboard.press("f")
    field = page.get_by_role("textbox", name="Find in this session")
    expect(field).to_be_focused()
    page.keyboard.type("the PARCEL")
    expect(page.get_by_role("search")).to_contain_text("3 turns")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"turn=5\b"))
    expect(page.get_by_role("region", name="Turn 5", exact=True).locator("mark")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    # The third stands beyond the fold of a long message.
    expect(page.get_by_role("search")).to_contain_text("3 of 3 turns")
    expect(page.get_by_role("region", name="Turn 30", exact=True).locator("mark")).to_be_in_viewport()
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_role("search")).to_contain_text("2 of 3 turns")
    expect(page.get_by_role("list", name="Turns").get_by_role("button").filter(has_text="hit").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("search")).to_have_count(0)
    expect(page.locator("section[aria-label^='Turn '] mark")).to_have_count(0)


def test_what_a_link_searched_for_is_marked(page: Page, address: str) -> None:
    page.goto(f"{address}?turn=17&q=parcel")
    expect(page.get_by_role("region", name="Turn 17", exact=True).locator("mark")).to_have_text("parcel")
    expect(page.get_by_role("textbox", name="Find in this session")).to_have_value("parcel")


def test_of_a_query_only_the_words_are_looked_for(page: Page, address: str) -> None:
    page.goto(f"{address}?turn=17&q=parcel+status%3Aunset+-model%3Agpt-4o")
    expect(page.get_by_role("region", name="Turn 17", exact=True).locator("mark")).to_have_text("parcel")
    field = page.get_by_role("textbox", name="Find in this session")
    expect(field).to_have_value("parcel")
    expect(page).to_have_url(re.compile(r"turn=17&q=parcel$"))
    field.fill("status:error")
    expect(page.get_by_role("search")).to_contain_text("Nothing found")
    expect(field).to_have_value("status:error")
    page.goto(f"{address}?q=span%3A(status%3Aerror)")
    expect(page.get_by_text("answer 1", exact=True)).to_be_visible()
    expect(page.get_by_role("search")).to_have_count(0)


def test_a_link_to_a_message_shows_it(context: BrowserContext, page: Page, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}?turn=30")
    turn_30 = page.get_by_role("region", name="Turn 30", exact=True)
    answer = turn_30.locator("[data-message]").last
    answer.hover()
    answer.get_by_role("button", name="Copy a link to this message").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "turn=30" in link
    assert "message=" in link
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(f"[data-message='{link.split('message=')[1]}']")).to_be_in_viewport()


def test_hits_in_what_tools_were_given_open_them(page: Page, server: Server) -> None:
    page.goto(address_of(server, "s-2"))
    third = page.get_by_role("region", name="Turn 3", exact=True)
    expect(third.get_by_role("button", name=re.compile("create_refund"))).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("f")
    page.keyboard.type("DUPLICATE")
    given = third.get_by_role("group", name="Arguments")
    expect(given.locator("mark")).to_have_text("duplicate")
    call = third.get_by_role("button", name=re.compile("create_refund"))
    call.click()
    expect(call).to_have_attribute("aria-expanded", "false")


def test_hits_in_code_are_marked_and_formulas_stay(page: Page, server: Server) -> None:
    page.goto(f"{address_of(server, 's-2')}?q=parcel")
    first = page.get_by_role("region", name="Turn 1", exact=True)
    expect(first.locator("pre")).to_have_text("parcel = find(4471)")
    expect(first.locator("pre mark")).to_have_text("parcel")
    expect(first.locator("p code mark")).to_have_text("parcel")
    second = page.get_by_role("region", name="Turn 2", exact=True)
    expect(second.locator("math")).to_be_visible()
    expect(second.locator("mark")).to_have_text("parcel")


def test_a_message_is_linked_to_by_touch(browser: Browser, server: Server, address: str) -> None:
    context = browser.new_context(
        base_url=server.url, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}?turn=5")
    answer = page.get_by_role("region", name="Turn 5", exact=True).locator("[data-message]").last
    link = answer.get_by_role("button", name="Copy a link to this message")
    expect(link).to_have_css("opacity", "1")
    link.tap()
    assert "message=" in page.evaluate("navigator.clipboard.readText()")
    context.close()
