"""A session as a chat: who said what, tool calls, errors, links, and sessions too long to load."""

import re

import pytest
from conversations import SECOND, llm, now_ns, refund_turn, request, span, trace_id, turn
from playwright.sync_api import Page, Route, expect
from served import Server

PROJECT = "chat"
LONG = "long"
TURNS = 20_000


@pytest.fixture(scope="module", autouse=True)
def _conversations(server: Server) -> None:
    start = now_ns() - 3600 * SECOND
    spans = turn("s-1", "I was charged twice for order 4471", "I found **two** charges.", start_ns=start, user="mara.k")
    spans += refund_turn("s-1", start_ns=start + 60 * SECOND)
    spans += turn("s-1", "hello? are you still there", "Yes.", start_ns=start + 1200 * SECOND)
    server.send(request(PROJECT, spans))


@pytest.fixture(scope="module")
def long_session(server: Server) -> str:
    """The id of a session of 20,000 turns."""
    start = now_ns() - 2 * TURNS * SECOND
    for first in range(0, TURNS, 2000):
        server.send(
            request(
                LONG,
                [
                    span(
                        "answer",
                        llm([("user", f"question {n}")], f"answer {n}") | {"session.id": "endless"},
                        trace=trace_id(),
                        start_ns=start + n * SECOND,
                        error="failed" if n == 12_345 else None,
                    )
                    for n in range(first + 1, first + 2001)
                ],
            )
        )
    return session_id(server, LONG, "endless")


def session_id(server: Server, project: str, own: str) -> str:
    found = server.get("/v1/resolve/session", project=project, session_id=own)
    assert isinstance(found, dict)
    return str(found["id"])


def open_session(page: Page, server: Server, search: str = "") -> None:
    page.goto(f"/p/{PROJECT}/sessions/{session_id(server, PROJECT, 's-1')}{search}")
    expect(page.get_by_role("region", name="Turn 1")).to_be_visible()


def test_it_reads_as_a_chat(page: Page, server: Server) -> None:
    open_session(page, server)
    first = page.get_by_role("region", name="Turn 1")
    asked = first.get_by_text("I was charged twice for order 4471")
    answered = first.get_by_text("I found two charges.")
    expect(asked).to_be_visible()
    expect(answered).to_be_visible()
    expect(answered.locator("strong")).to_have_text("two")
    column = first.bounding_box()
    bubble = asked.bounding_box()
    plain = answered.bounding_box()
    assert column
    assert bubble
    assert plain
    assert bubble["x"] > column["x"] + column["width"] / 3
    assert plain["x"] == pytest.approx(column["x"], abs=1)
    expect(first.get_by_role("link", name="Open trace")).to_be_visible()
    expect(page.get_by_role("complementary", name="Session")).to_contain_text("session.id")


def test_a_failed_tool_call_opens_itself(page: Page, server: Server) -> None:
    open_session(page, server)
    second = page.get_by_role("region", name="Turn 2")
    call = second.get_by_role("button", name=re.compile("create_refund"))
    expect(call).to_have_attribute("aria-expanded", "true")
    expect(call).to_contain_text("payment_id: p_7731, amount: 49")
    expect(call).to_contain_text("✕ TimeoutError: payments did not answer in 10 s")
    expect(second.get_by_role("group", name="Arguments")).to_contain_text("duplicate")
    call.click()
    expect(second.get_by_role("group", name="Arguments")).to_have_count(0)


def test_the_index_names_pauses_and_errors(page: Page, server: Server) -> None:
    open_session(page, server)
    index = page.get_by_role("list", name="Turns")
    expect(index).to_contain_text("idle")
    expect(index.get_by_role("button").nth(1)).to_contain_text("✕")
    index.get_by_role("button").nth(2).click()
    expect(page).to_have_url(re.compile("turn=3"))
    expect(index.get_by_role("button").nth(2)).to_have_attribute("aria-current", "true")


def test_m_shows_inputs_and_outputs_only(page: Page, server: Server) -> None:
    open_session(page, server)
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile("show=io"))
    expect(page.get_by_role("region", name="Turn 2")).to_contain_text("I could not start the refund just now.")
    expect(page.get_by_role("button", name=re.compile("create_refund"))).to_have_count(0)
    page.keyboard.press("m")
    expect(page.get_by_role("button", name=re.compile("create_refund"))).to_be_visible()


def test_a_permalink_opens_the_end_of_20000_turns(page: Page, long_session: str) -> None:
    page.goto(f"/p/{LONG}/sessions/{long_session}?turn={TURNS}")
    expect(page.get_by_text(f"answer {TURNS}", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("list", name="Turns")).to_contain_text(f"question {TURNS}")
    assert page.locator("section[aria-label^='Turn ']").count() < 20


def test_any_turn_stays_put_while_others_load(page: Page, long_session: str) -> None:
    page.goto(f"/p/{LONG}/sessions/{long_session}?turn=10000")
    answer = page.get_by_text("answer 10000", exact=True)
    expect(answer).to_be_in_viewport()
    page.wait_for_timeout(300)
    before = answer.bounding_box()
    assert before
    page.wait_for_timeout(700)
    after = answer.bounding_box()
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    page.mouse.move(700, 500)
    for _ in range(12):
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(40)
    expect(page).to_have_url(re.compile(r"turn=99\d\d"))


def test_brackets_lead_to_errors(page: Page, long_session: str) -> None:
    page.goto(f"/p/{LONG}/sessions/{long_session}?turn=12000")
    expect(page.get_by_text("answer 12000", exact=True)).to_be_in_viewport()
    page.keyboard.press("]")
    expect(page.get_by_text("answer 12345", exact=True)).to_be_in_viewport()
    expect(page).to_have_url(re.compile("turn=12345"))


def test_a_bracket_waits_for_what_it_needs(page: Page, long_session: str) -> None:
    held: list[Route] = []
    page.route("**/outline", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks what it is given
    page.goto(f"/p/{LONG}/sessions/{long_session}?turn=12000")
    expect(page.get_by_text("answer 12000", exact=True)).to_be_in_viewport()
    page.keyboard.press("]")
    for route in held:
        route.continue_()
    expect(page.get_by_text("answer 12345", exact=True)).to_be_in_viewport()
