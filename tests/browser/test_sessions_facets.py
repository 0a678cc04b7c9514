"""What stands beside and above the list writes the query; columns are the reader's."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "faceted"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3 * 3600 * SECOND
    spans = refund_turn("failed", start_ns=start, user="mara.k")
    for n in range(12):
        for at in range(n % 4 + 1):
            begun = start + (n * 600 + at * 30) * SECOND
            spans += turn(f"f-{n}", f"question {n}", "answer", start_ns=begun, user=f"u-{n % 3}")
    server.send(request(PROJECT, spans))


def query(page: Page) -> str:
    return page.get_by_role("combobox", name="Search sessions").input_value()


def test_a_facet_writes_its_term_and_takes_it_back(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    facets = page.get_by_role("complementary", name="In these sessions")
    value = facets.get_by_role("button", name=re.compile("^u-1"))
    value.click()
    expect(page.locator("[data-row]")).to_have_count(4)
    assert query(page) == "user:u-1"
    expect(value).to_have_attribute("aria-pressed", "true")
    facets.get_by_role("button", name=re.compile("u-1")).first.click()
    expect(page.locator("[data-row]")).to_have_count(13)
    assert query(page) == ""


@pytest.mark.parametrize("way", ["alt", "key"])
def test_its_opposite(page: Page, way: str) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    value = page.get_by_role("complementary").get_by_role("button", name=re.compile("^u-1"))
    if way == "alt":
        value.click(modifiers=["Alt"])
    else:
        value.focus()
        page.keyboard.press("-")
    expect(page.locator("[data-row]")).to_have_count(9)
    assert query(page) == "-user:u-1"


def test_failures_have_their_own_term(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("button", name=re.compile("1 ✕ failed")).click()
    expect(page.locator("[data-row]")).to_have_count(1)
    assert query(page) == "span:(tool:create_refund status:error)"


def test_the_rest_of_a_facet_unfolds_in_its_place(page: Page, server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = [turn(f"u-{n}", "q", "a", start_ns=start + n * SECOND, user=f"user-{n:02}") for n in range(30)]
    server.send(request("many-users", [one for each in spans for one in each]))
    page.goto("/p/many-users/sessions")
    users = page.get_by_role("complementary").get_by_role("list", name="End users").get_by_role("listitem")
    more = page.get_by_role("button", name="24 more End users")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(users).to_have_count(6)
    more.focus()
    page.keyboard.press("Enter")
    expect(users).to_have_count(30)
    expect(users.nth(6).get_by_role("button").first).to_be_focused()
    assert query(page) == ""
    fewer = page.get_by_role("button", name="Fewer End users")
    expect(fewer).to_have_attribute("aria-expanded", "true")
    users.nth(20).get_by_role("button").first.click()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.go_back()
    expect(users).to_have_count(30)
    fewer.click()
    expect(users).to_have_count(6)
    expect(more).to_be_focused()


def test_a_figure_opens_its_chart_and_keys_narrow_it(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?since=24h")
    page.get_by_role("button", name=re.compile("^Turns 31")).click()
    expect(page).to_have_url(re.compile("chart=turns"))
    chart = page.get_by_role("region", name="Turns, chart")
    spread = chart.get_by_role("slider", name=re.compile("^Sessions by turns"))
    spread.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(7)
    assert query(page) == "turns:>=1 turns:<3"
    page.go_back()
    time = chart.get_by_role("slider", name=re.compile("^Turns over time"))
    box = time.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"since=20\d\d-"))
    page.get_by_role("button", name="Close the chart").click()
    expect(chart).to_have_count(0)


def test_the_strip_folds_to_one_line(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("button", name="Fold to one line").click()
    strip = page.get_by_role("group", name="Figures")
    expect(strip).to_have_css("height", "32px")
    page.reload()
    expect(strip).to_have_css("height", "32px")


def test_the_period_before_stands_beside_the_figures(page: Page, server: Server) -> None:
    old = [one for n in range(4) for one in turn(f"old-{n}", "q", "a", start_ns=now_ns() - (30 + n) * 3600 * SECOND)]
    server.send(request("two-periods", old))
    server.send(request("two-periods", turn("new", "q", "a", start_ns=now_ns() - 3600 * SECOND)))
    page.goto("/p/two-periods/sessions?since=24h")
    figure = page.get_by_role("group", name="Figures").get_by_role("button", name=re.compile("^Sessions"))
    expect(figure).to_contain_text("▼ 75 %")
    expect(figure).to_contain_text("4 in the period before")


def test_columns_are_chosen_ordered_and_sized(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    headers = page.get_by_role("columnheader")
    expect(headers.last).to_contain_text("Last")
    page.get_by_role("button", name="Columns and rows").click()
    page.get_by_role("checkbox", name="Duration").check()
    page.get_by_role("button", name="End user down").click()
    page.get_by_role("button", name="Duration wider").click()
    page.keyboard.press("Escape")
    names = [text.strip() for text in headers.all_inner_texts()]
    assert names[2:5] == ["Turns", "End user", "Errors"]
    assert "Duration" in names
    before = page.get_by_role("columnheader", name="Cost").bounding_box()
    page.get_by_role("button", name="Cost", exact=True).focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.reload()
    expect(page.get_by_role("columnheader", name="Duration")).to_be_visible()
    after = page.get_by_role("columnheader", name="Cost").bounding_box()
    assert before is not None
    assert after is not None
    assert round(after["width"] - before["width"]) == 16
    page.get_by_role("columnheader", name="Tokens").drag_to(page.get_by_role("columnheader", name="Turns"))
    expect(headers.nth(2)).to_contain_text("Tokens")


def test_a_view_keeps_the_query_and_is_shared_by_its_address(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=has:error&sort=-turn_count")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Save this list as a view…").click()
    page.get_by_role("textbox", name="Name").fill("Failing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view="))
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row]")).to_have_count(13)
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Failing").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=has%3Aerror.*sort=-turn_count|sort=-turn_count.*q=has%3Aerror"))
    page.get_by_role("button", name="View Failing").click()
    page.get_by_role("menuitem", name="Delete “Failing”").click()
    expect(page.get_by_role("button", name="Views")).to_be_visible()


def test_what_sets_them_apart(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=has:error")
    page.get_by_role("button", name="More with these sessions").click()
    page.get_by_role("menuitem", name="Compare with the rest").click()
    panel = page.get_by_role("complementary", name="Compared with the rest")
    expect(panel).to_contain_text("1 session found, 12 others.")
    panel.get_by_role("button", name=re.compile("create_refund")).click()
    expect(page).to_have_url(re.compile("q=has%3Aerror\\+tool%3Acreate_refund"))
