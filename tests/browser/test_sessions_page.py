"""The list: what each row says, finding, ordering, walking to its end."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "list"
MANY = "many"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = turn(
        "s-1", "I was charged twice for order 4471", "I found two charges of €49.00.", start_ns=start, user="mara.k"
    )
    spans += refund_turn("s-1", start_ns=start + 60 * SECOND)
    spans += turn(
        "s-2",
        "Where is my parcel?",
        "It left our depot. A refund is not needed.",
        start_ns=start + 90 * SECOND,
        user="j.ortega",
    )
    spans += turn("s-3", "مرحبا، أريد إلغاء اشتراكي", "تم إلغاء اشتراكك", start_ns=start + 120 * SECOND)
    server.send(request(PROJECT, spans))
    many = [
        one for n in range(320) for one in turn(f"m-{n:03}", f"question {n:03}", "answer", start_ns=start + n * SECOND)
    ]
    server.send(request(MANY, many))


def first_lines(page: Page) -> list[str]:
    return page.get_by_role("table", name="Sessions").get_by_role("link").all_inner_texts()


def test_rows_show_what_was_said_and_figures(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    row = page.get_by_role("row").filter(has_text="I was charged twice")
    expect(row).to_contain_text("I could not start the refund just now.")
    expect(row).to_contain_text("mara.k")
    expect(row).to_contain_text("✕ 1")
    expect(row.get_by_role("cell").nth(3)).to_have_text("2")
    expect(page.get_by_label("Figures")).to_contain_text("Sessions3")


def test_the_first_row_is_high_and_twelve_are_in_sight(page: Page) -> None:
    page.goto(f"/p/{MANY}/sessions")
    rows = page.locator("[data-row]")
    expect(rows.first).to_be_visible()
    whole = "rows.map(row => row.getBoundingClientRect()).filter(box => box.bottom <= innerHeight)"
    tops = rows.evaluate_all(f"rows => {whole}.map(box => box.top)")
    assert min(tops) <= 216
    assert len(tops) >= 12


def test_search_marks_the_hit_and_keeps_it_in_the_address(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("refund")
    expect(page.get_by_role("table", name="Sessions").locator("mark").first).to_have_text("refund")
    expect(page).to_have_url(re.compile("q=refund"))
    expect(page.locator("[data-row]")).to_have_count(2)
    page.get_by_role("row").filter(has_text="charged twice").get_by_role("link").click()
    expect(page).to_have_url(re.compile("turn=2"))
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("combobox", name="Search sessions")).to_have_value("refund")


def test_headers_sort_on_the_server(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("button", name="Errors", exact=True).click()
    header = page.get_by_role("columnheader", name="Errors")
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(page.locator("[data-row='0']")).to_contain_text("I was charged twice")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("[data-row='2']")).to_contain_text("I was charged twice")


def test_the_list_walks_to_its_end(page: Page) -> None:
    page.goto(f"/p/{MANY}/sessions")
    expect(page.locator("[data-row='0']")).to_contain_text("question 319")
    for _ in range(40):
        page.locator("main").evaluate("list => list.scrollTo(0, list.scrollHeight)")
        if page.locator("[data-row='319']").count():
            break
        page.wait_for_timeout(100)
    expect(page.locator("[data-row='319']")).to_contain_text("question 000")


def test_back_finds_the_same_place_and_focus(page: Page) -> None:
    page.goto(f"/p/{MANY}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    for _ in range(30):
        page.keyboard.press("j")
    expect(page.locator("[data-row='29'][data-selected]")).to_be_visible()
    expect(page.locator("[data-row='29'] a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("question 290")
    page.keyboard.press("Escape")
    expect(page.locator("[data-row='29'][data-selected]")).to_be_in_viewport()
    expect(page.locator("[data-row='29'] a")).to_be_focused()


def test_new_sessions_wait_behind_a_pill(page: Page, server: Server) -> None:
    project = "arriving"
    server.send(request(project, turn("a-1", "first question", "answer", start_ns=now_ns() - 60 * SECOND)))
    page.goto(f"/p/{project}/sessions")
    row = page.locator("[data-row='0']")
    expect(row).to_contain_text("first question")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    before = row.bounding_box()
    server.send(request(project, turn("a-2", "second question", "answer", start_ns=now_ns())))
    pill = page.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    assert row.bounding_box() == before
    expect(row).to_contain_text("first question")
    pill.click()
    expect(row).to_contain_text("second question")


def test_the_chosen_row_is_seen_whole(page: Page) -> None:
    page.goto(f"/p/{MANY}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    for number in range(30):
        page.keyboard.press("j")
        expect(page.locator(f"[data-row='{number}'] a")).to_be_focused()
        row = page.locator(f"[data-row='{number}']").bounding_box()
        window = page.viewport_size
        assert row is not None
        assert window is not None
        assert row["y"] + row["height"] <= window["height"]


def test_an_edge_that_is_pulled_briskly_moves_no_column(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    names = page.get_by_role("columnheader")
    expect(names.first).to_be_visible()
    before = names.all_inner_texts()
    turns = page.locator("[role=columnheader][data-column='turns']")
    at = turns.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] - 8, at["y"] + at["height"] / 2)
    page.mouse.down()
    for step in (12, 30, 48):
        page.mouse.move(at["x"] - 8 - step, at["y"] + at["height"] / 2)
    page.mouse.up()
    assert names.all_inner_texts() == before
    wider = turns.bounding_box()
    assert wider is not None
    assert round(wider["width"] - at["width"]) == 48
