"""Labels, thumbs and notes, by keyboard and by mouse: on the session, on a turn, and taken back."""

import re

import httpx
import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "labelled"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    for number in range(1, 11):
        spans = turn(f"s-{number}", f"question {number}", "An answer.", start_ns=start + number * SECOND)
        spans += refund_turn(f"s-{number}", start_ns=start + (60 + number) * SECOND)
        server.send(request(PROJECT, spans))
    setting = {"kind": "categorical", "labels": ["resolved", "negative", "handover"]}
    httpx.put(f"{server.url}/v1/projects/{PROJECT}/annotation-names/outcome", json=setting).raise_for_status()
    setting = {"kind": "numeric", "labels": [], "minimum": 0, "maximum": 1}
    httpx.put(f"{server.url}/v1/projects/{PROJECT}/annotation-names/quality", json=setting).raise_for_status()


def session(server: Server, own: str, project: str = PROJECT) -> dict:
    found = server.get("/v1/resolve/session", project=project, session_id=own)
    assert isinstance(found, dict)
    whole = server.get(f"/v1/projects/{project}/sessions/{found['id']}")
    assert isinstance(whole, dict)
    return whole


def labels(server: Server, own: str) -> list[tuple[str, str | None, str]]:
    return sorted((each["name"], each["label"], each["author"]) for each in session(server, own)["annotations"])


def open_session(page: Page, server: Server, own: str, search: str = "") -> None:
    page.goto(f"/p/{PROJECT}/sessions/{session(server, own)['id']}{search}")
    expect(page.get_by_role("region", name="Labels").get_by_role("button", name="1 resolved")).to_be_visible()


def introduce(page: Page) -> None:
    """The author's name is asked for once."""
    dialog = page.get_by_role("dialog", name="Who labels?")
    expect(dialog).to_be_visible()
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_ten_sessions_with_at_most_three_keys_each(page: Page, server: Server) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("link", name=re.compile("question 10")).click()
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="2 negative")).to_be_visible()
    page.keyboard.press("2")
    introduce(page)
    said(page, "Session: outcome: negative")
    for place in range(2, 11):
        page.keyboard.press("Shift+J")
        expect(page.get_by_text(f"{place} of 10", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="1 resolved")).to_have_attribute("aria-pressed", "false")
        page.keyboard.press("1")
        expect(page.get_by_role("button", name="1 resolved")).to_have_attribute("aria-pressed", "true")
    assert labels(server, "s-10") == [("outcome", "negative", "Ada")]
    assert labels(server, "s-3") == [("outcome", "resolved", "Ada")]


def test_a_label_is_taken_back_by_the_same_key_and_by_u(page: Page, server: Server) -> None:
    open_session(page, server, "s-2")
    before = labels(server, "s-2")
    page.keyboard.press("3")
    introduce(page)
    said(page, "handover")
    page.keyboard.press("u")
    said(page, "Undone.")
    assert labels(server, "s-2") == before
    page.keyboard.press("3")
    said(page, "Session: outcome: handover")
    page.keyboard.press("3")
    said(page, "taken back")
    assert ("outcome", "handover", "Ada") not in labels(server, "s-2")


def test_a_turn_has_thumbs_labels_scores_and_a_note(page: Page, server: Server) -> None:
    open_session(page, server, "s-1", "?turn=2")
    second = page.get_by_role("region", name="Turn 2", exact=True)
    second.hover()
    second.get_by_role("button", name="Thumbs down, turn 2").click()
    introduce(page)
    said(page, "Turn 2: thumbs down")
    page.get_by_role("button", name="Turn 2", exact=True).click()
    page.keyboard.press("n")
    page.keyboard.type("The payment timed out")
    page.keyboard.press("Enter")
    said(page, "Turn 2: note")
    page.get_by_role("spinbutton", name="quality").fill("0.25")
    page.keyboard.press("Enter")
    said(page, "Turn 2: quality: 0.25")
    page.keyboard.press("2")
    said(page, "Turn 2: outcome: negative")
    given = page.get_by_role("list", name="Given")
    expect(given).to_contain_text("The payment timed out")
    expect(given).to_contain_text("quality: 0.25")
    expect(second).to_contain_text("outcome: negative")
    expect(page.get_by_role("list", name="Turns").get_by_role("button").nth(1)).to_contain_text("labelled")


def test_a_half_typed_note_stays_with_its_turn(page: Page, server: Server) -> None:
    open_session(page, server, "s-4", "?turn=2")
    page.get_by_role("button", name="Turn 2", exact=True).click()
    page.keyboard.press("n")
    note = page.get_by_role("region", name="Labels").get_by_role("textbox")
    expect(note).to_be_focused()
    page.keyboard.type("The payment")
    turns = page.get_by_role("list", name="Turns")
    turns.get_by_role("button").first.click()
    expect(page.get_by_role("button", name="Turn 1", exact=True)).to_be_visible()
    expect(note).to_have_accessible_name("Note on turn 2 (n)")
    expect(note).to_have_value("The payment")
    page.keyboard.press("n")
    page.keyboard.press("End")
    page.keyboard.type(" timed out")
    page.keyboard.press("Enter")
    introduce(page)
    said(page, "Turn 2: note")
    expect(note).to_have_accessible_name("Note on turn 1 (n)")
    expect(note).to_have_value("")
    turns.get_by_role("button").nth(1).click()
    expect(note).to_have_value("The payment timed out")


def test_a_half_typed_note_comes_back_with_its_session(page: Page, server: Server) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("link", name=re.compile("question 6")).click()
    page.get_by_role("button", name="Session", exact=True).click()
    note = page.get_by_role("region", name="Labels").get_by_role("textbox", name="Note on the session (n)")
    note.fill("To be looked at")
    note.press("Escape")
    page.keyboard.press("Shift+J")
    expect(page.get_by_role("heading", level=1, name="question 5")).to_be_attached()
    expect(note).to_have_value("")
    page.keyboard.press("Shift+K")
    expect(page.get_by_role("heading", level=1, name="question 6")).to_be_attached()
    expect(note).to_have_value("To be looked at")


def test_a_name_is_set_up_on_the_page(page: Page, server: Server) -> None:
    project = "labelled by other names"  # names are numbered in their order: another one moves the keys
    server.send(request(project, turn("moody", "and now", "Now this.", start_ns=now_ns() - 60 * SECOND)))
    page.goto(f"/p/{project}/sessions/{session(server, 'moody', project)['id']}")
    page.get_by_role("button", name="Set up labels for the keys 1 to 9").click()
    form = page.get_by_role("form", name="Set up a name")
    form.get_by_label("Name").fill("mood")
    form.get_by_label("Labels, by commas").fill("calm, angry")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="mood").get_by_role("button", name="angry")).to_be_visible()
    names = server.get(f"/v1/projects/{project}/annotation-names")
    assert isinstance(names, dict)
    assert next(each for each in names["data"] if each["name"] == "mood")["setting"]["labels"] == ["calm", "angry"]
