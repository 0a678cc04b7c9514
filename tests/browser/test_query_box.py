"""The search box: colours, suggestions, mistakes, recent queries; what is typed is in the address and in the list."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "boxed"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = refund_turn("order-4471-session", start_ns=start)
    for n in range(8):
        spans += turn(f"q-{n}", f"where is parcel {n}", "On its way.", start_ns=start + n * SECOND, user=f"user-{n}")
    server.send(request(PROJECT, spans))


def box(page: Page):
    return page.get_by_role("combobox", name="Search sessions")


def test_values_are_suggested_and_taken_by_keyboard(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("tool:cre")
    option = page.get_by_role("option", name=re.compile("create_refund"))
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    active = box(page).get_attribute("aria-activedescendant")
    assert active == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("tool:create_refund ")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=tool%3Acreate_refund"))
    expect(page.locator("[data-kind='field']")).to_have_text("tool:")


def test_escape_closes_the_list_then_leaves_the_box(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    box(page).click()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()


def test_a_mistake_is_pointed_at_and_the_list_stays(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=parcel")
    expect(page.locator("[data-row]")).to_have_count(8)
    box(page).fill("parcel turns:many")
    page.keyboard.press("Enter")
    search = page.get_by_role("search")
    expect(search).to_contain_text("Column 14")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-row]")).to_have_count(8)
    assert "many" not in page.url
    box(page).fill("parcel turns:1")
    expect(search).not_to_contain_text("Column")
    expect(page).to_have_url(re.compile("turns%3A1"))


def test_an_address_with_a_mistake_says_so(page: Page, watched) -> None:
    watched.expect("status of 400")
    page.goto(f"/p/{PROJECT}/sessions?q=turns:many")
    expect(page.get_by_role("search")).to_contain_text("Column 7")
    expect(page.get_by_role("alert")).to_be_visible()


def test_names_are_found_and_the_row_says_which(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=user-3")
    row = page.locator("[data-row]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("end user user-3")
    expect(row.locator("mark")).to_have_text("user-3")
    page.goto(f"/p/{PROJECT}/sessions?q=4471-sess")
    expect(row).to_contain_text("session id order-4471-session")


def test_a_trace_id_opens_its_turn(page: Page, server: Server) -> None:
    found = server.get(f"/v1/projects/{PROJECT}/traces", limit="1", q="tool:create_refund")
    assert isinstance(found, dict)
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='8']")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.insert_text(found["data"][0]["trace_id"])
    row = page.locator("[data-row]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("trace")
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("turn=1"))


def test_recent_queries_come_back(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    box(page).fill("parcel 3")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("parcel 3")
    page.go_back()
    page.get_by_role("button", name="Clear the search").click()
    expect(page.locator("[data-row='8']")).to_be_visible()
    page.get_by_role("option", name="parcel 3").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=parcel\+3"))


def test_typing_leaves_one_entry_in_the_history(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='8']")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("parcel 3", delay=120)
    expect(page.locator("[data-row]")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-row='8']")).to_be_visible()
    expect(box(page)).to_have_value("")


def test_the_list_of_plain_words_waits_for_no_help(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=tool:create_refund")
    expect(page.locator("[data-row]")).to_have_count(1)
    box(page).fill("")
    expect(page.locator("[data-row='8']")).to_be_visible()
    page.route("**/query?**", lambda _: None)  # never answered
    box(page).fill("parcel 3")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-row] mark").first).to_contain_text("parcel")
    box(page).fill("turns:>")
    expect(page).to_have_url(re.compile(r"q=parcel\+3$"))
    expect(page.locator("[data-row]")).to_have_count(1)


def test_the_list_goes_before_the_figures(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='8']")).to_be_visible()
    order: list[str] = []
    kind = re.compile(r"/v1/projects/[^/]+/(sessions|stats|facets)\?")
    named = lambda one: (found := kind.search(one.url)) and found[1]  # noqa: E731
    page.on("request", lambda request: named(request) in {"stats", "facets"} and order.append("counted"))
    page.on("response", lambda response: named(response) == "sessions" and order.append("listed"))
    with page.expect_response(re.compile(r"/facets\?q=parcel")):
        box(page).fill("parcel")
    assert order == ["listed", "counted", "counted"]


def test_enter_leads_to_the_first_of_several_and_enter_there_opens_it(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    box(page).fill("parcel")
    page.keyboard.press("Enter")
    first = page.locator("[data-row='0']").get_by_role("link")
    expect(first).to_be_focused()
    expect(page).to_have_url(re.compile(r"q=parcel"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("where is parcel 7")
