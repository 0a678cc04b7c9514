"""How much one sees at once: at 1440x900 the first row is high, and twelve or twenty rows are whole."""

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from reflow import lines_of_prose
from served import Server
from states import STATES, State, go, nothing
from watched import Watched

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


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, width) for name in ("session", "inputs and outputs", "review", "compare") for width in (1440, 2560)),
        ("trace", 1440),
    ],
)
def test_no_line_of_a_conversation_is_longer_than_90_characters(
    page: Page, server: Server, name: str, width: int
) -> None:
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="d-39")
    listed = server.get(f"/v1/projects/{PROJECT}/traces", limit="1")
    assert isinstance(found, dict)
    assert isinstance(listed, dict)
    address = {
        "session": f"sessions/{found['id']}",
        "inputs and outputs": f"sessions/{found['id']}?show=io",
        "review": "review",
        "compare": f"compare?a={found['id']}&b={found['id']}",
        "trace": f"traces/{listed['data'][0]['trace_id']}",
    }[name]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/p/{PROJECT}/{address}")
    expect(page.get_by_text(LONG).last).to_be_visible()
    lines = lines_of_prose(page)
    assert [line for line in lines if len(line) > 90] == []
    assert max(len(line) for line in lines) > 40


WHOLE_PAGES = [state for state in STATES if state.act is nothing and state.size[0] > 320]


@pytest.mark.parametrize("state", WHOLE_PAGES, ids=[state.name for state in WHOLE_PAGES])
def test_no_line_of_a_page_is_longer_than_90_characters(
    still: Page, still_watched: Watched, shop: tuple[Server, dict[str, str]], state: State
) -> None:
    still_watched.expect(state.faults or "^$")
    go(still, shop[1], state)
    assert [line for line in lines_of_prose(still) if len(line) > 90] == []


def test_the_menu_sets_the_density(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.get_by_role("button", name="Columns and rows").click()
    page.get_by_role("button", name="Compact").click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-row='0']")).to_have_css("height", "32px")
    page.reload()
    expect(page.locator("[data-row='0']")).to_have_css("height", "32px")
