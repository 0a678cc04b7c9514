"""How much one sees at once: at 1440x900 the first row is high, and twelve or twenty rows are whole."""

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "dense"
WHOLE = "rows => rows.map(row => row.getBoundingClientRect()).filter(box => box.bottom <= innerHeight)"
LONG = " ".join(["word"] * 60)


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    turns = [turn(f"d-{n:02}", f"question {n} {LONG}", LONG, start_ns=start + n * SECOND) for n in range(40)]
    server.send(request(PROJECT, [one for each in turns for one in each]))


@pytest.mark.parametrize(("density", "height", "least"), [("comfortable", 52, 12), ("compact", 32, 20)])
def test_rows_in_sight(page: Page, density: str, height: int, least: int) -> None:
    page.add_init_script(f"localStorage.setItem('threadline-density', '{density}')")
    page.goto(f"/p/{PROJECT}/sessions")
    rows = page.locator("[data-row]")
    expect(rows.first).to_be_visible()
    boxes = rows.evaluate_all(f"{WHOLE[: WHOLE.index('.filter')]}.map(box => ({{top: box.top, bottom: box.bottom}}))")
    assert boxes[0]["top"] <= 216
    assert {round(box["bottom"] - box["top"]) for box in boxes} == {height}
    assert len([box for box in boxes if box["bottom"] <= 900]) >= least


def test_no_line_of_prose_is_longer_than_90_characters(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions?q=xyzzy")
    expect(page.get_by_role("heading", name="No session matches.")).to_be_visible()
    longest = page.locator("main p").evaluate_all(
        """paragraphs => Math.max(...paragraphs.map(paragraph => {
             const style = getComputedStyle(paragraph);
             const ink = document.createElement('canvas').getContext('2d');
             ink.font = `${style.fontSize} ${style.fontFamily}`;
             const each = ink.measureText('the quick brown fox jumps over the lazy dog').width / 43;
             return paragraph.getBoundingClientRect().width / each;
           }))"""
    )
    assert longest <= 90


def test_the_menu_sets_the_density(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.get_by_role("button", name="Columns and rows").click()
    page.get_by_role("button", name="Compact").click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-row='0']")).to_have_css("height", "32px")
    page.reload()
    expect(page.locator("[data-row='0']")).to_have_css("height", "32px")
