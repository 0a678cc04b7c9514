"""Reviewing by keyboard alone: ten sessions with at most three keys each."""

import re

import httpx
import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "reviewed"


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    turns = [turn(f"r-{n:02}", f"question {n:02}", f"answer {n:02}", start_ns=start + n * SECOND) for n in range(45)]
    server.send(request(PROJECT, [one for each in turns for one in each]))
    setting = {"kind": "categorical", "labels": ["resolved", "negative", "handover"]}
    answer = httpx.put(f"{server.url}/v1/projects/{PROJECT}/annotation-names/outcome", json=setting, timeout=30)
    answer.raise_for_status()


@pytest.fixture(autouse=True)
def _author(page: Page) -> None:
    page.add_init_script("localStorage.setItem('threadline-author', 'pia')")


def given(server: Server, query: str) -> int:
    found = server.get(f"/v1/projects/{PROJECT}/stats", q=query)
    assert isinstance(found, dict)
    return found["sessions"]


def test_ten_sessions_are_labelled_with_two_keys_each(page: Page, server: Server) -> None:
    page.goto(f"/p/{PROJECT}/review")
    conversation = page.get_by_role("region", name="Conversation")
    expect(page.get_by_role("button", name="1 resolved")).to_be_visible()
    for n in range(10):
        expect(conversation).to_contain_text(f"question {44 - n}")
        expect(page.get_by_role("status").filter(has_text=f"{n + 1} of 45")).to_be_visible()
        page.keyboard.press("1" if n % 2 else "2")
        page.keyboard.press("j" if n % 3 else "Space")
    expect(page.get_by_role("status").filter(has_text="11 of 45")).to_be_visible()
    page.wait_for_timeout(300)
    assert given(server, "annotation.outcome:resolved") == 5
    assert given(server, "annotation.outcome:negative") == 5
    page.keyboard.press("k")
    expect(conversation).to_contain_text("question 35")
    expect(page.get_by_role("button", name="1 resolved")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="1 resolved")).to_have_attribute("aria-pressed", "false")
    assert given(server, "annotation.outcome:resolved") == 4


def test_a_note_and_back_to_the_keys(page: Page, server: Server) -> None:
    page.goto(f"/p/{PROJECT}/review?q=question+20")
    expect(page.get_by_role("status").filter(has_text="1 of 1")).to_be_visible()
    expect(page.get_by_role("button", name="1 resolved")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("ask them again")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Given")).to_contain_text("ask them again")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="That was the last of 1 session.")).to_be_visible()
    assert given(server, "has:annotation question") >= 1


def test_thirty_at_random_are_the_same_for_everyone(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/sessions")
    page.get_by_role("button", name="More with these sessions").click()
    page.get_by_role("menuitem", name="Review 30 at random").click()
    expect(page).to_have_url(re.compile("seed="))
    conversation = page.get_by_role("region", name="Conversation")
    expect(page.get_by_role("status").filter(has_text="1 of 30")).to_be_visible()
    expect(conversation).to_contain_text("question")
    first = conversation.inner_text()
    page.keyboard.press("j")
    expect(page.get_by_role("status").filter(has_text="2 of 30")).to_be_visible()
    address = page.url
    page.reload()
    expect(page.get_by_role("status").filter(has_text="2 of 30")).to_be_visible()
    assert page.url == address
    page.keyboard.press("k")
    expect(conversation).to_contain_text(first.splitlines()[-1])


def test_what_was_seen_is_remembered(page: Page) -> None:
    page.goto(f"/p/{PROJECT}/review?q=question+3")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("question")
    expect(page.get_by_role("banner")).to_contain_text("seen")
    page.reload()
    expect(page.get_by_role("banner")).to_contain_text("seen")


def test_the_next_one_is_already_here(page: Page, watched) -> None:
    watched.expect("ERR_FAILED|Failed to load")
    page.goto(f"/p/{PROJECT}/review")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("question 44")
    page.wait_for_timeout(800)
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if "/transcript" in each.url else None)
    page.route("**/transcript*", lambda route: route.abort())
    page.keyboard.press("j")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("question 43")


def test_it_opens_at_the_turn_that_failed(page: Page, server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = [turn("long", f"fine {n}", "yes " * 300, start_ns=start + n * SECOND) for n in range(12)]
    spans.append(refund_turn("long", start_ns=start + 20 * SECOND))
    server.send(request("reviewed-failing", [one for each in spans for one in each]))
    page.goto("/p/reviewed-failing/review?q=span:(tool:create_refund+status:error)")
    conversation = page.get_by_role("region", name="Conversation")
    expect(conversation.get_by_text("create_refund").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Turn 13", exact=True)).to_be_visible()


def test_one_gives_ones_name_before_anything_is_labelled(page: Page) -> None:
    page.add_init_script("localStorage.removeItem('threadline-author')")
    page.goto(f"/p/{PROJECT}/review?q=question+3")
    panel = page.get_by_role("complementary", name="What you say of it")
    expect(panel).to_contain_text("What you have seen is kept only under a name.")
    panel.get_by_role("button", name="Give your name").click()
    page.keyboard.type("ada")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("You are ada")
    expect(page.get_by_role("banner")).to_contain_text("seen")
    panel.get_by_role("button", name="Change").click()
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("ada")
