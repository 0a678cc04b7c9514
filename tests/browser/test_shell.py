"""What every page has: commands, keys, theme, settings."""

import re

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "shell"


@pytest.fixture(scope="module")
def trace(server: Server) -> str:
    spans = turn("shell-1", "where is it", "here", start_ns=now_ns() - 60 * SECOND, user="mara")
    server.send(request(PROJECT, spans))
    server.send(request("shell two", turn("other", "elsewhere", "yes", start_ns=now_ns())))
    return spans[0].trace_id.hex()


def command(page: Page, typed: str, chosen: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=re.compile("^Command")).fill(typed)
    expect(page.get_by_role("option", selected=True)).to_contain_text(chosen)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_commands_lead_everywhere(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name=re.compile("^Traces"))).to_be_visible()
    page.keyboard.press("Escape")
    command(page, trace, f"Open trace {trace}")
    expect(page.get_by_role("treeitem").first).to_contain_text("support_agent")
    page.keyboard.press("Control+k")
    command(page, "shell-1", "Open session shell-1")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("where is it")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=re.compile("^Command")).fill("settings")
    page.get_by_role("option", name="Settings", exact=True).click()
    expect(page.get_by_role("heading", name="Labels")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=re.compile("^Command")).fill("shell two")
    page.get_by_role("option", name=re.compile("^shell two")).click()
    expect(page.get_by_role("row").filter(has_text="elsewhere")).to_be_visible()
    page.keyboard.press("Control+k")
    link = page.evaluate("`${location.origin}/s/shell/shell-1`")
    page.get_by_role("combobox", name=re.compile("^Command")).fill(link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("where is it")


def test_commands_find_what_was_said(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{trace}")
    expect(page.get_by_role("treeitem").first).to_be_visible()
    command(page, "where is", "Search sessions for where is")
    expect(page).to_have_url(re.compile("/sessions\\?q=where"))
    expect(page.locator("[data-row]")).to_have_count(1)


def test_pages_looked_at_are_remembered(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{trace}")
    expect(page).to_have_title(re.compile("support_agent"))
    page.wait_for_timeout(1800)
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("group", name="Recent").get_by_role("option", name="support_agent").click()
    expect(page.get_by_role("treeitem").first).to_be_visible()


def test_single_keys_are_turned_off(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    for page_name in ("Everywhere", "Lists", "Session", "Review", "Trace"):
        expect(keys.get_by_role("heading", name=page_name, exact=True)).to_be_visible()
    keys.get_by_label("Single keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile("/sessions"))
    page.keyboard.press("?")
    expect(keys).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-selected]")).to_have_count(0)


def test_the_theme_stays_without_a_flash(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    command(page, "theme dark", "Theme: dark")
    root = page.locator("html")
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload(wait_until="commit")
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_role("button", name=re.compile("^Theme: dark")).click()
    expect(root).to_have_attribute("data-mantine-color-scheme", "light")


def test_times_are_told_by_the_zone_chosen(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/settings/reader")
    page.get_by_role("group", name="Time zone").get_by_role("button", name="UTC").click()
    page.get_by_role("group", name="Times in lists").get_by_role("button", name="Exact").click()
    page.goto(f"/p/{PROJECT}/traces")
    time = page.locator("[data-row='0'] time")
    expect(time).to_have_text(re.compile(r"\d+ \w+ \d\d:\d\d:\d\d"))
    expect(time).to_have_attribute("title", re.compile("UTC$"))


def test_names_are_set_up(page: Page, trace: str) -> None:
    page.goto(f"/p/{PROJECT}/settings")
    page.get_by_role("button", name="Add a name").click()
    form = page.get_by_role("form", name="Add a name")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Give it a name.")
    form.get_by_label("Name", exact=True).fill("outcome")
    form.get_by_label("Labels, one a line").fill("resolved\nhanded over\n")
    form.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="outcome")
    expect(row).to_contain_text("handed over")
    row.get_by_role("button", name="Change outcome").click()
    form = page.get_by_role("form", name="Set up outcome")
    form.get_by_role("button", name="Number", exact=True).click()
    form.get_by_label("Most").fill("5")
    form.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("A number of at most 5")
    row.get_by_role("button", name="Forget outcome").click()
    expect(page.get_by_text("No name is in use yet.")).to_be_visible()


def test_an_end_user_is_deleted_with_a_receipt(page: Page, server: Server, trace: str) -> None:
    for n in range(2):
        server.send(request("forgetting", turn(f"d-{n}", "my name is Ana", "hi Ana", start_ns=now_ns(), user="ana")))
    server.send(request("forgetting", turn("d-9", "not me", "ok", start_ns=now_ns(), user="ben")))
    page.goto("/p/forgetting/settings/delete?user=ana")
    expect(page.get_by_text("2 sessions with 2 turns will be deleted.")).to_be_visible()
    delete = page.get_by_role("button", name="Delete ana")
    expect(delete).to_be_disabled()
    page.get_by_label("Type ana to delete").fill("ana")
    delete.click()
    receipt = page.get_by_role("status", name="Receipt")
    expect(receipt).to_contain_text("Sessions2")
    expect(receipt).to_contain_text("Erased from the file", timeout=30_000)
    page.reload()
    expect(receipt).to_contain_text("Traces2")
    page.goto("/p/forgetting/sessions")
    expect(page.locator("[data-row]")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_a_long_name_of_a_project_gives_way_to_the_tabs(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/connect?project={'w' * 120}")
    expect(page.get_by_role("link", name="Settings")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
