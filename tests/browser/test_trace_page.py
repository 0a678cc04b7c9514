"""A trace: the tree, the chosen span, traces without a session, and very large ones."""

import re

import pytest
from conversations import SECOND, now_ns, refund_turn, request, span, trace_id, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECT = "traces"


@pytest.fixture(scope="module")
def failed(server: Server) -> str:
    spans = turn("t-1", "hi", "hello", start_ns=now_ns() - 900 * SECOND)
    failing = refund_turn("t-1", start_ns=now_ns() - 600 * SECOND)
    server.send(request(PROJECT, spans + failing))
    return failing[0].trace_id.hex()


def test_the_first_error_is_chosen(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}")
    tree = page.get_by_role("tree", name="Spans")
    expect(tree.get_by_role("treeitem")).to_have_count(4)
    chosen = tree.get_by_role("treeitem", selected=True)
    expect(chosen).to_contain_text("create_refund")
    details = page.get_by_role("complementary", name="Span")
    expect(details).to_contain_text("payments did not answer in 10 s")
    expect(details).to_contain_text("duplicate")
    expect(page.get_by_role("link", name=re.compile("Session, turn 2"))).to_be_visible()


def test_a_span_is_read_in_full(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}")
    page.get_by_role("treeitem").nth(1).click()
    expect(page).to_have_url(re.compile("span="))
    details = page.get_by_role("complementary", name="Span")
    expect(details).to_contain_text("yes, refund the card ending 88")
    details.get_by_role("tab", name=re.compile("Attributes")).click()
    details.get_by_label("Search attributes").fill("model_name")
    expect(details).to_contain_text("gpt-5-mini")
    expect(details).not_to_contain_text("token_count")
    page.get_by_role("link", name=re.compile("Session, turn 2")).click()
    expect(page).to_have_url(re.compile(r"/sessions/\w+\?turn=2"))


def test_subtrees_fold(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}")
    page.get_by_role("button", name="Fold support_agent").click()
    expect(page.get_by_role("treeitem")).to_have_count(1)
    page.get_by_role("button", name="Unfold support_agent").click()
    expect(page.get_by_role("treeitem")).to_have_count(4)


def test_traces_without_a_session_are_listed(page: Page, server: Server, failed: str) -> None:
    server.send(request(PROJECT, turn(None, "nobody set an id", "no", start_ns=now_ns())))
    page.goto(f"/p/{PROJECT}/traces")
    expect(page.get_by_role("row").filter(has_text="nobody set an id")).to_contain_text("no session id")
    page.get_by_role("button", name="Without session").click()
    expect(page.locator("[data-row]")).to_have_count(1)


def test_a_trace_of_20000_spans_is_walked(page: Page, server: Server) -> None:
    trace, start = trace_id(), now_ns() - 3600 * SECOND
    root = span(
        "root", {"openinference.span.kind": "AGENT", "session.id": "big"}, trace=trace, start_ns=start, ms=60_000
    )
    children = [
        span(
            f"step {n}",
            {"openinference.span.kind": "CHAIN"},
            trace=trace,
            parent=root.span_id,
            start_ns=start + n * 1_000_000,
            ms=1,
        )
        for n in range(1, 20_000)
    ]
    for first in range(0, len(children), 5000):
        server.send(request("big", ([root] if first == 0 else []) + children[first : first + 5000]))
    page.goto(f"/p/big/traces/{trace.hex()}")
    expect(page.get_by_role("treeitem").first).to_contain_text("root")
    scroller = page.get_by_role("tree", name="Spans").locator("xpath=..")
    page.wait_for_function("() => document.querySelector('[role=tree]').scrollHeight > 19999 * 28", timeout=30_000)
    scroller.evaluate("box => box.scrollTo(0, box.scrollHeight)")
    expect(page.get_by_role("treeitem").last).to_contain_text("step 19999")
    assert page.get_by_role("treeitem").count() < 100
