"""A trace: the tree, the chosen span, traces without a session, and very large ones."""

import json
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


def test_the_spans_are_walked_by_keyboard(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}")
    chosen = page.get_by_role("treeitem", selected=True)
    expect(chosen).to_contain_text("create_refund")
    page.keyboard.press("k")
    expect(chosen).to_contain_text("chat gpt-5-mini")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_contain_text("support_agent")
    page.keyboard.press("]")
    expect(chosen).to_contain_text("create_refund")
    chosen.focus()
    page.keyboard.press("Home")
    expect(chosen).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("treeitem")).to_have_count(4)
    page.keyboard.press("ArrowRight")
    expect(chosen).to_contain_text("chat gpt-5-mini")
    expect(chosen).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(chosen).to_contain_text("support_agent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", selected=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(chosen).to_be_focused()


def test_spans_are_filtered_in_the_address(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}")
    page.get_by_role("button", name=re.compile("^LLM")).click()
    expect(page.get_by_role("treeitem")).to_have_count(3)
    expect(page.get_by_text("2 matches")).to_be_visible()
    page.reload()
    expect(page.get_by_role("treeitem")).to_have_count(3)
    page.get_by_role("button", name=re.compile("^LLM")).click()
    page.keyboard.press("/")
    page.keyboard.type("refund")
    expect(page.get_by_role("treeitem")).to_have_count(2)
    expect(page).to_have_url(re.compile("name=refund"))


def test_the_critical_path_is_underlined_and_told(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}")
    tool = page.get_by_role("treeitem").nth(2)
    expect(tool).to_contain_text("on the critical path")
    bar = tool.locator("[data-family=tool]").last
    assert bar.evaluate("node => getComputedStyle(node).borderBottomWidth") == "2px"


def test_a_span_is_given_as_it_was_sent(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}?tab=raw")
    shown = page.get_by_role("group", name="OTLP of the span")
    sent = json.loads(shown.inner_text())
    spans = sent["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert [each["name"] for each in spans] == ["create_refund"]
    page.get_by_role("button", name="One line").click()
    assert json.loads(shown.inner_text()) == sent


def test_a_span_is_annotated_and_that_taken_back(page: Page, failed: str) -> None:
    page.goto(f"/p/{PROJECT}/traces/{failed}?tab=annotations")
    panel = page.get_by_role("region", name="Labels")
    panel.get_by_role("button", name="Set up labels").click()
    form = panel.get_by_role("form", name="Set up a name")
    form.get_by_role("textbox", name="Name").fill("cause")
    form.get_by_label("Labels, by commas").fill("timeout, bad answer")
    form.get_by_role("button", name="Save").click()
    panel.get_by_role("group", name="cause").get_by_role("button", name="timeout").click()
    dialog = page.get_by_role("dialog", name="Who labels?")
    dialog.get_by_role("textbox").fill("ines")
    dialog.get_by_role("button", name="Go on").click()
    said = panel.get_by_role("list", name="Given")
    expect(said).to_contain_text("cause: timeout")
    expect(said).to_contain_text("ines")
    note = panel.get_by_role("textbox", name="Note on the span")
    note.fill("the payment provider was down")
    note.press("Enter")
    expect(said).to_contain_text("the payment provider was down")
    page.reload()
    expect(said).to_contain_text("cause: timeout")
    panel.get_by_role("button", name="Take back cause: timeout").click()
    panel.get_by_role("button", name="Take back the note").click()
    expect(said).to_have_count(0)


def test_links_and_exceptions_are_read(page: Page, server: Server, failed: str) -> None:
    spans = turn("linked", "hi", "hello", start_ns=now_ns())
    event = spans[1].events.add(name="exception", time_unix_nano=now_ns())
    for key, value in {
        "exception.type": "ValueError",
        "exception.stacktrace": "Traceback\n  File a.py, line 1",
    }.items():
        event.attributes.add(key=key).value.string_value = value
    spans[1].links.add(trace_id=bytes.fromhex(failed), span_id=bytes(7) + b"\x01")
    server.send(request(PROJECT, spans))
    page.goto(f"/t/{spans[0].trace_id.hex()}?span={spans[1].span_id.hex()}")
    page.get_by_role("tab", name="Events 1").click()
    expect(page.get_by_role("group", name="Stack")).to_contain_text("File a.py, line 1")
    page.get_by_role("tab", name="Links 1").click()
    page.get_by_role("link", name="Span of another trace").click()
    expect(page).to_have_url(re.compile(f"/p/{PROJECT}/traces/{failed}"))


def test_a_trace_that_goes_on_is_followed(page: Page, server: Server) -> None:
    spans = turn("going on", "hi", "hello", start_ns=now_ns())
    server.send(request(PROJECT, spans[:1]))
    page.goto(f"/p/{PROJECT}/traces/{spans[0].trace_id.hex()}")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    page.wait_for_timeout(500)
    server.send(request(PROJECT, spans[1:]))
    expect(page.get_by_role("treeitem")).to_have_count(2)


def test_traces_are_found_by_a_query(page: Page, server: Server) -> None:
    start = now_ns()
    server.send(request("found traces", turn(None, "nobody set an id", "no", start_ns=start)))
    server.send(request("found traces", refund_turn("f-1", start_ns=start - SECOND)))
    page.goto("/p/found%20traces/traces")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("nobody set an id")
    page.keyboard.press("/")
    page.keyboard.type("tool:create_refund ")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("yes, refund")
    page.get_by_role("button", name="Clear the search").click()
    expect(rows).to_have_count(2)
    page.get_by_role("heading").first.click(force=True)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("treeitem").first).to_contain_text("support_agent")
    page.go_back()
    expect(rows).to_have_count(2)
    expect(page.locator("[data-selected]")).to_contain_text("yes, refund")
