"""A conversation that goes on while it is read."""

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "going on"


def test_new_turns_arrive_and_nothing_moves(page: Page, server: Server) -> None:
    start = now_ns() - 600 * SECOND
    spans = []
    for n in range(1, 21):
        spans += turn("s-1", f"question {n}", f"answer {n}. " * 40, start_ns=start + n * SECOND)
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    page.goto(f"/p/going%20on/sessions/{found['id']}?turn=10")
    answer = page.get_by_role("region", name="Turn 10", exact=True).get_by_text("answer 10.").first
    expect(answer).to_be_in_viewport()
    page.wait_for_timeout(800)
    before = answer.bounding_box()
    for n in range(21, 24):
        server.send(request(PROJECT, turn("s-1", f"question {n}", f"answer {n}", start_ns=start + n * SECOND)))
    more = page.get_by_role("button", name="3 new turns")
    expect(more).to_be_visible()
    expect(page.locator("dd").filter(has_text="23").first).to_be_visible()
    after = answer.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    more.click()
    expect(page.get_by_text("answer 23", exact=True)).to_be_in_viewport()
    expect(more).to_have_count(0)
