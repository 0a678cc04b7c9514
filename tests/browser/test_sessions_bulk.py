"""Many sessions at once: picked by key, by Shift, all of the query; labelled, tagged, exported, deleted."""

import json
from pathlib import Path

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server


@pytest.fixture
def project(server: Server, request_name: str) -> str:
    start = now_ns() - 3600 * SECOND
    turns = [turn(f"b-{n:02}", f"question {n:02}", "answer", start_ns=start + n * SECOND) for n in range(70)]
    server.send(request(request_name, [one for each in turns for one in each]))
    return request_name


@pytest.fixture
def request_name(request: pytest.FixtureRequest) -> str:
    return f"bulk {request.node.name}"


def test_tagged_by_keyboard_then_found_by_the_tag(page: Page, project: str) -> None:
    page.goto(f"/p/{project}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    bar = page.get_by_role("region", name="Picked sessions")
    expect(bar).to_contain_text("3 sessions picked")
    bar.get_by_role("button", name="Tag…").click()
    page.get_by_role("textbox", name="Tag").fill("look again")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 sessions tagged look again.")).to_be_visible()
    expect(page.locator("[data-row='0']")).to_contain_text("look again")
    page.goto(f'/p/{project}/sessions?q=tag:"look again"')
    expect(page.locator("[data-row]")).to_have_count(3)


def test_all_of_the_query_are_deleted_once_their_number_is_typed(page: Page, project: str) -> None:
    page.goto(f"/p/{project}/sessions")
    page.get_by_role("checkbox", name="Pick all loaded sessions").check()
    bar = page.get_by_role("region", name="Picked sessions")
    expect(bar).to_contain_text("50 sessions picked")
    bar.get_by_role("button", name="Pick all 70 that match").click()
    expect(bar).to_contain_text("70 sessions picked")
    bar.get_by_role("button", name="Delete…").click()
    dialog = page.get_by_role("dialog", name="Delete 70 sessions")
    go = dialog.get_by_role("button", name="Delete 70 sessions")
    expect(go).to_be_disabled()
    dialog.get_by_role("textbox").fill("70")
    go.click()
    expect(page.get_by_text("70 sessions deleted.")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(0)


def test_on_a_phone_a_row_is_in_sight_beside_a_chart_and_the_bar(page: Page, project: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/p/{project}/sessions?chart=latency")
    expect(page.get_by_role("region", name="Latency p95, chart")).to_be_visible()
    page.locator("[data-row='0']").get_by_role("checkbox").check()
    bar = page.get_by_role("region", name="Picked sessions")
    expect(bar).to_contain_text("1 session picked")
    row, covered = page.locator("[data-row='0']").bounding_box(), bar.bounding_box()
    assert row is not None
    assert covered is not None
    assert row["y"] + row["height"] <= covered["y"]
    bar.get_by_role("button", name="What to do with the picked sessions").click()
    page.get_by_role("menuitem", name="Pick all 70 that match").click()
    expect(bar).to_contain_text("70 sessions picked")
    bar.get_by_role("button", name="What to do with the picked sessions").click()
    page.get_by_role("menuitem", name="Tag…").click()
    expect(page.get_by_role("dialog", name="Tag 70 sessions")).to_be_visible()


def test_labelled_and_exported(page: Page, project: str, tmp_path: Path) -> None:
    page.goto(f'/p/{project}/sessions?q="question 0"')
    expect(page.locator("[data-row]")).to_have_count(10)
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("checkbox").nth(3).click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="Picked sessions")
    expect(bar).to_contain_text("3 sessions picked")
    bar.get_by_role("button", name="Label…").click()
    page.get_by_role("textbox", name="Name").fill("outcome")
    page.get_by_role("textbox", name="Label").fill("resolved")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 sessions labelled resolved.")).to_be_visible()
    exports: list[str] = []
    page.on("request", lambda each: exports.append(each.url) if "/export" in each.url else None)
    with page.expect_download() as download:
        bar.get_by_role("button", name="Export JSONL").click()
    path = tmp_path / "out.jsonl"
    download.value.save_as(path)
    assert len([json.loads(line) for line in path.read_text().splitlines()]) == 3
    assert len(exports) == 1
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(page.locator("[data-row='2'] a")).to_be_focused()
