"""Every page in each of its main states: where it is, what is done there, what of it is looked at."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from seeded import NAMELESS, PROJECT

LIST = f"/p/{PROJECT}/sessions"
PHONE = (320, 640)
BROKEN = re.compile(r"/v1/projects/[^/]+/(sessions|stats|facets|traces)")


def nothing(page: Page) -> None:
    """The page as it comes."""


@dataclass(frozen=True)
class State:
    """A page, what is done on it, and what of it then is compared."""

    name: str
    at: str
    """An address, or the name of one in `seeded.fill`, with what follows it."""
    ready: Callable[[Page], Locator]
    """Is seen once the page is there."""
    act: Callable[[Page], None] = nothing
    part: str = "body"
    size: tuple[int, int] = (1440, 900)
    faults: str = ""
    """What the page may log there, as a pattern."""


def row(page: Page) -> Locator:
    return page.locator("[data-row='0']")


def turn(page: Page) -> Locator:
    return page.get_by_role("region", name="Turn 1", exact=True)


def alert(page: Page) -> Locator:
    return page.get_by_role("alert").first


def heading(words: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_role("heading", name=re.compile(words)).first


def button(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def item(menu: str, name: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        button(menu)(page)
        page.get_by_role("menuitem", name=name).click()

    return choose


def keys(*chords: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        for chord in chords:
            page.keyboard.press(chord)

    return press


def typed(words: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("combobox").last.fill(words)


def both(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for each in acts:
            each(page)

    return act


def tab(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def pick(page: Page) -> None:
    page.get_by_role("checkbox", name="Pick all loaded sessions").check()


def span(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Span").get_by_role("tab").first


def failing(page: Page) -> None:
    """From here on the server answers nothing that a list or a session is made of."""
    page.route(BROKEN, lambda route: route.fulfill(status=500, body="{}"))
    page.reload()
    expect(page.get_by_role("alert").first).to_be_visible()


def waiting(page: Page) -> None:
    """What stands there until the server answers, which it never does."""
    page.route(BROKEN, lambda route: None)
    page.reload()


def deletion(page: Page) -> None:
    page.get_by_role("textbox", name="End user").fill("zoe")
    page.keyboard.press("Enter")
    expect(page.get_by_text("will be deleted")).to_be_visible()


def conversation(page: Page) -> Locator:
    return page.get_by_role("region", name="Conversation")


MENU = "[role=menu]"
DIALOG = "dialog[open]"
SESSIONS = [
    State("sessions", LIST, row),
    State("sessions-320", LIST, row, size=PHONE),
    State("sessions-320-facets", LIST, row, item("More with these", "Narrow by"), DIALOG, PHONE),
    State("sessions-found", f"{LIST}?q=refund", row, part="main"),
    State("sessions-sorted", f"{LIST}?sort=-turn_count&since=24h", row, part="main"),
    State("sessions-nothing-found", f"{LIST}?q=xyzzy", heading("No session matches"), part="main"),
    State("sessions-nothing-in-range", f"/p/{PROJECT}/sessions?since=1m", heading("Nothing"), part="main"),
    State(
        "sessions-wrong-query",
        f"{LIST}?q=turns:many",
        lambda page: page.get_by_role("alert").first,
        faults="status of 400",
    ),
    State("sessions-none-yet", "/p/never%20used/sessions", heading("Nothing")),
    State("sessions-without-ids", f"/p/{NAMELESS}/sessions", heading("1 trace arrived"), part="main"),
    State("sessions-failed", LIST, row, failing, faults="status of 500"),
    State("sessions-loading", LIST, row, waiting),
    State("sessions-chart", f"{LIST}?chart=latency", row, part="section[aria-label$=chart]"),
    State("sessions-chart-turns", f"{LIST}?chart=turns&since=7d", row, part="section[aria-label$=chart]"),
    State("sessions-period-before", f"{LIST}?since=24h", row, part="[role=group][aria-label=Figures]"),
    State("sessions-suggestions", LIST, row, typed("tool:"), "[role=search]"),
    State("sessions-mistake", LIST, row, both(typed("parcel turns:many"), keys("Enter")), "[role=search]"),
    State("sessions-time", LIST, row, button("Time range"), MENU),
    State("sessions-views", LIST, row, button("Views"), MENU),
    State("sessions-new-view", LIST, row, item("Views", "Save this list"), DIALOG),
    State("sessions-columns", LIST, row, button("Columns and rows"), "[aria-label='Columns and rows'][role=dialog]"),
    State("sessions-more", LIST, row, button("More with these"), MENU),
    State("sessions-project", LIST, row, button("Project"), MENU),
    State("sessions-picked", LIST, row, both(pick), "[aria-label='Picked sessions']"),
    State("sessions-delete", LIST, row, both(pick, button("Delete")), DIALOG),
    State("sessions-tag", LIST, row, both(pick, button("Tag…")), DIALOG),
    State(
        "sessions-compared-with-the-rest",
        f"{LIST}?q=has:error",
        row,
        item("More with these", "Compare with the rest"),
        "[aria-label='Compared with the rest']",
    ),
]
SESSION = [
    State("session", "session", turn),
    State("session-320", "session", turn, size=PHONE),
    State("session-320-turns", "session", turn, button("Turns$"), DIALOG, PHONE),
    State("session-320-facts", "session", turn, button("Session$"), DIALOG, PHONE),
    State("session-inputs-and-outputs", "session?show=io", turn, part="[aria-label=Conversation]"),
    State("session-timeline", "session", turn, keys("t"), "[aria-label=Timeline]"),
    State("session-find", "session", turn, both(keys("f"), lambda page: page.keyboard.type("refund")), "main"),
    State("session-actions", "session", turn, button("Actions on the session"), MENU),
    State("turn-actions", "session", turn, button("Actions on turn 1"), MENU),
    State("session-compare-with", "session", turn, item("Actions on the session", "Compare with…"), DIALOG),
    State("session-delete", "session", turn, item("Actions on the session", "Delete…"), DIALOG),
    State("session-labels-setup", "session", turn, button("Set up"), "[aria-label=Labels]"),
    State("session-missing", f"{LIST}/missing", heading("No session has this id"), faults="status of 404"),
    State("session-failed", "session", turn, failing, faults="status of 500"),
    State("compare", "compare", lambda page: page.get_by_role("region", name="Conversations")),
    State("compare-one-alone", f"/p/{PROJECT}/compare", heading("Two sessions are needed")),
    State("review", f"/p/{PROJECT}/review?q=voucher", conversation),
    State("review-320", f"/p/{PROJECT}/review?q=voucher", conversation, size=PHONE),
    State("review-done", f"/p/{PROJECT}/review?q=voucher&at=2", heading("That was the last"), part="main"),
    State("review-nothing", f"/p/{PROJECT}/review?q=xyzzy", heading("No session to review")),
]
TRACE = [
    State("traces", f"/p/{PROJECT}/traces?since=4h", row),
    State("traces-320", f"/p/{PROJECT}/traces?q=refund", row, size=PHONE),
    State("traces-suggestions", f"/p/{PROJECT}/traces", row, typed("tool:"), "[role=search]"),
    State("traces-columns", f"/p/{PROJECT}/traces", row, button("Columns and rows"), "[role=dialog]"),
    State("traces-nothing-found", f"/p/{PROJECT}/traces?q=xyzzy", heading("No trace matches"), part="main"),
    State("trace", "trace", span),
    State("trace-320", "trace", span, size=PHONE),
    State("trace-rich", "first trace", span, part="main"),
    State("trace-without-session", "lone trace", span, part="body > div header"),
    State("trace-no-span", "trace?name=xyzzy", lambda page: page.get_by_role("search", name="Spans"), part="main"),
    State("trace-menu", "trace", span, button("Copy and download"), MENU),
    *(
        State(f"span-{name.lower()}", "trace", span, tab(name), "aside[aria-label=Span]")
        for name in ("Input", "Attributes", "Events", "Links", "Annotations", "Raw")
    ),
    State("trace-missing", f"/p/{PROJECT}/traces/{'0' * 31}1", heading("No trace has this id"), faults="status of 404"),
]
REST = [
    State("connect", f"/connect?project={PROJECT}", lambda page: page.get_by_role("list", name="Requests")),
    State("settings-labels", f"/p/{PROJECT}/settings/labels", heading("Labels")),
    State("settings-new-label", f"/p/{PROJECT}/settings/labels", heading("Labels"), button("Add a name"), "form"),
    State("settings-reader", f"/p/{PROJECT}/settings/reader", heading("This browser"), part="main"),
    State("settings-delete", f"/p/{PROJECT}/settings/delete", heading("Delete an end user"), deletion, "main"),
    State("palette", LIST, row, keys("Control+k"), DIALOG),
    State("palette-found", LIST, row, both(keys("Control+k"), typed("set")), DIALOG),
    State("keys", LIST, row, keys("?"), DIALOG),
    State("nowhere", "/no/such/page", lambda page: page.locator("main")),
    State("no-such-link", f"/s/{PROJECT}/missing", lambda page: page.locator("main"), faults="status of 404"),
]
STATES = [*SESSIONS, *SESSION, *TRACE, *REST]


def go(page: Page, addresses: dict[str, str], state: State, size: tuple[int, int] | None = None) -> None:
    """Brings the page to the state, at another size if one says so."""
    name = state.at.split("?")[0]
    width, height = size or state.size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(state.at.replace(name, addresses.get(name, name), 1))
    expect(state.ready(page)).to_be_visible()
    state.act(page)
