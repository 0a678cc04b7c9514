"""What people come to the page for, as data and as counted actions: one click, key chord, paste or typed field each."""

import json
import re
import time

import httpx
from conversations import SECOND, now_ns, refund_turn, request, turn
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from playwright.sync_api import Locator, Page, expect
from served import Server

EMAIL = "mara.kowalska@example.com"
ORDER = "ORD-88123"
SESSION = "conv-5f1e77a0"
SENTENCE = "the courier left it with a neighbour I do not have"
ORDER_TURN, SENTENCE_TURN, TRACE_TURN = 7, 14, 21
TURNS = 24
PASTED = ["e-mail", "order number", "session id", "trace id", "sentence"]
FAILED = 5
FAILING = "span:(tool:create_refund status:error)"
FAILURE = "TimeoutError: payments did not answer in 10 s"
LABELS = ["resolved", "negative", "handover"]
TABS_MAX = 60
LABELLED_WITHIN_S = 10


class Actions:
    """Counts what a person does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: list[str] = []
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def click(self, target: Locator) -> None:
        self.done.append(f"click {target}")
        target.click()

    def key(self, chord: str) -> None:
        self.done.append(f"key {chord}")
        self.page.keyboard.press(chord)

    def paste(self, text: str) -> None:
        """What was copied elsewhere, to where the focus is."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.done.append("paste")
        self.page.keyboard.press("ControlOrMeta+v")

    def type(self, text: str) -> None:
        """One field's words."""
        self.done.append(f"type {text}")
        self.page.keyboard.type(text)

    def tab_to(self, target: Locator) -> None:
        """By Tab alone, wherever the focus is."""
        for _ in range(TABS_MAX):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.key("Tab")
        raise AssertionError(f"no way by Tab to {target}")

    def choose(self, option: Locator) -> None:
        """By the arrow keys, in a list that follows them."""
        expect(option).to_be_visible()
        chosen = "one => one === document.activeElement || one.getAttribute('aria-selected') === 'true'"
        for _ in range(TABS_MAX):
            if option.evaluate(chosen):
                self.key("Enter")
                return
            self.key("ArrowDown")
        raise AssertionError(f"no way by the arrows to {option}")

    def within(self, most: int) -> None:
        """At most so many since the last time."""
        assert len(self.done) <= most, f"{len(self.done)} actions, not {most}: {self.done}"
        self.done.clear()


def fill(server: Server, project: str) -> str:
    """Forty conversations: one to be found, some in which a tool fails. Answers the trace id of turn TRACE_TURN."""
    start = now_ns() - 20 * 3600 * SECOND
    sought = [sought_turn(number, start + number * 60 * SECOND) for number in range(1, TURNS + 1)]
    server.send(request(project, [span for spans in sought for span in spans]))
    others = []
    for number in range(34):
        begun = start + (number + 1) * 1800 * SECOND
        others += turn(
            f"other-{number:02}", f"question {number:02}", "An answer.", start_ns=begun, user=f"u{number % 9}"
        )
        if number % 7 == 3:
            for further in range(6):
                others += turn(f"other-{number:02}", "and then?", "More.", start_ns=begun + (further + 1) * 60 * SECOND)
            others += refund_turn(f"other-{number:02}", start_ns=begun + 600 * SECOND, user="j.ortega")
    server.send(request(project, others))
    setting = {"kind": "categorical", "labels": LABELS}
    httpx.put(f"{server.url}/v1/projects/{project}/annotation-names/outcome", json=setting).raise_for_status()
    return sought[TRACE_TURN - 1][0].trace_id.hex()


def sought_turn(number: int, start_ns: int) -> list:
    said = {
        ORDER_TURN: f"My order is {ORDER}, where is it?",
        SENTENCE_TURN: f"No, {SENTENCE}. What now?",
    }.get(number, f"Thing number {number}, please?")
    extra = {"metadata": json.dumps({"plan": "pro"})}
    return turn(SESSION, said, f"Answer number {number}.", start_ns=start_ns, user=EMAIL, extra=extra)


def pasted(what: str, trace_id: str) -> tuple[str, int]:
    """(the words, the turn at which the conversation opens)."""
    return {
        "e-mail": (EMAIL, 1),
        "order number": (ORDER, ORDER_TURN),
        "session id": (SESSION, 1),
        "trace id": (trace_id, TRACE_TURN),
        "sentence": (SENTENCE, SENTENCE_TURN),
    }[what]


def expect_open_at(page: Page, number: int) -> None:
    """The sought conversation is open, and this turn of it is what one sees."""
    conversation = page.get_by_role("region", name="Conversation")
    said = conversation.get_by_role("region", name=f"Turn {number}", exact=True)
    expect(said).to_contain_text(f"Answer number {number}.")
    expect(said.get_by_text(f"Answer number {number}.")).to_be_in_viewport()
    expect(page.get_by_role("banner").first).to_contain_text(SESSION)


def rows(page: Page) -> Locator:
    """Of the list, without its head."""
    return page.get_by_role("table", name="Sessions").get_by_role("row").filter(has=page.get_by_role("link"))


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search sessions")


def failures_of_tool(page: Page) -> Locator:
    """The facet's own count of failed calls."""
    facets = page.get_by_role("complementary", name="In these sessions")
    return facets.get_by_role("button", name=re.compile(f"{FAILED} ✕ failed"))


def expect_failing_span(page: Page) -> None:
    """The span's panel says what it was given and why it failed."""
    panel = page.get_by_role("complementary", name="Span")
    expect(panel).to_contain_text("create_refund")
    expect(panel).to_contain_text(FAILURE)


def expect_compared(page: Page) -> None:
    """The failing tool is what sets these sessions apart."""
    panel = page.get_by_role("complementary", name="Compared with the rest")
    expect(panel).to_contain_text(f"{FAILED} sessions found")
    expect(panel.get_by_role("listitem").first).to_contain_text("100")
    expect(panel).to_contain_text("create_refund")


def expect_receipt(page: Page) -> None:
    """What was deleted, in numbers."""
    receipt = page.get_by_role("status", name="Receipt")
    expect(receipt).to_contain_text("Deleted")
    expect(receipt).to_contain_text(str(TURNS))


def expect_labelled(page: Page, server: Server, project: str, wanted: int) -> None:
    """So many sessions carry an outcome, soon: the page sends while one reads on."""
    until = time.monotonic() + LABELLED_WITHIN_S
    while (found := labelled(server, project)) != wanted and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert found == wanted


def labelled(server: Server, project: str) -> int:
    found = server.get(f"/v1/projects/{project}/stats", q="annotation.outcome:*")
    assert isinstance(found, dict)
    return int(found["sessions"])


def expect_gone(server: Server, page: Page, project: str) -> None:
    """Neither the list nor the search shows a trace of the end user, nor does the API."""
    expect(rows(page).filter(has_text="question 33")).to_be_visible()
    expect(page.get_by_text(EMAIL)).to_have_count(0)
    for query in (EMAIL, SENTENCE, SESSION, f'user:"{EMAIL}"'):
        found = server.get(f"/v1/projects/{project}/sessions", q=query)
        assert isinstance(found, dict)
        assert found["data"] == [], query


def say_hello(server: Server, *, session: str | None) -> None:
    """One turn by the OpenTelemetry SDK and its exporter, as an application sends it."""
    provider = TracerProvider(resource=Resource({"service.name": "newcomer"}))
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(f"{server.url}/v1/traces")))
    attributes = {"openinference.span.kind": "CHAIN", "input.value": "Is anybody there?", "output.value": "I am."}
    with provider.get_tracer("first steps").start_as_current_span("chat") as span:
        span.set_attributes(attributes | ({"session.id": session} if session else {}))
    provider.shutdown()
