"""Every page in every state by axe, in both themes; keyboard focus is seen; other ways of seeing are kept."""

import re
from collections.abc import Callable

import pytest
from axe import violations
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Browser, Page, expect
from reflow import SPACING, cut_words, sideways
from served import Server
from states import STATES, State, go, nothing
from watched import Watched

PROJECT = "access"
PAGES = [
    "sessions",
    "search",
    "nothing found",
    "wrong query",
    "first",
    "session",
    "traces",
    "no trace",
    "trace",
    "no span",
    "review",
    "compare",
    "connect",
    "labels",
    "reader",
    "delete",
    "nowhere",
]


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, str]:
    start = now_ns() - 3600 * SECOND
    failing = refund_turn("s-1", start_ns=start + 60 * SECOND)
    server.send(request(PROJECT, turn("s-1", "charged twice", "I **see** it.", start_ns=start, user="mara") + failing))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    trace = f"/p/{PROJECT}/traces/{failing[0].trace_id.hex()}"
    return {
        "sessions": f"/p/{PROJECT}/sessions",
        "search": f"/p/{PROJECT}/sessions?q=twice",
        "nothing found": f"/p/{PROJECT}/sessions?q=xyzzy",
        "wrong query": f"/p/{PROJECT}/sessions?q=turns%3A",
        "first": "/p/never%20used/sessions",
        "session": f"/p/{PROJECT}/sessions/{found['id']}",
        "traces": f"/p/{PROJECT}/traces",
        "no trace": f"/p/{PROJECT}/traces?q=xyzzy",
        "trace": trace,
        "no span": f"{trace}?name=xyzzy",
        "review": f"/p/{PROJECT}/review",
        "compare": f"/p/{PROJECT}/compare?a={found['id']}&b={found['id']}",
        "connect": "/connect",
        "labels": f"/p/{PROJECT}/settings/labels",
        "reader": f"/p/{PROJECT}/settings/reader",
        "delete": f"/p/{PROJECT}/settings/delete",
        "nowhere": "/no/such/page",
    }


@pytest.fixture(params=["light", "dark"])
def themed(page: Page, request: pytest.FixtureRequest, watched: Watched) -> Page:
    watched.expect("status of 40[04]")
    page.emulate_media(color_scheme=request.param)
    return page


def settled(page: Page) -> None:
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_axe_finds_nothing_in_any_state(
    still: Page, still_watched: Watched, shop: tuple[Server, dict[str, str]], state: State
) -> None:
    still_watched.expect(state.faults or "^$")
    go(still, shop[1], state)
    expect(still.locator(state.part)).to_be_visible()
    for theme in ("light", "dark"):
        still.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(still.locator("html")).to_have_attribute("data-mantine-color-scheme", theme)
        assert violations(still) == []
    still.evaluate(SPACING)
    assert sideways(still) == (0, [])


WHOLE_PAGES = [state for state in STATES if state.act is nothing and state.size[0] > 320]


@pytest.mark.parametrize("state", WHOLE_PAGES, ids=[state.name for state in WHOLE_PAGES])
def test_small_enlarged_and_spaced_it_is_whole(
    still: Page, still_watched: Watched, shop: tuple[Server, dict[str, str]], state: State
) -> None:
    """320 px; then 1440x900 at 200 %, which leaves 720x450. Before and after the spacing."""
    still_watched.expect(state.faults or "^$")
    go(still, shop[1], state, (320, 640))
    assert sideways(still) == (0, [])
    still.set_viewport_size({"width": 720, "height": 450})
    state.ready(still).scroll_into_view_if_needed()
    expect(state.ready(still)).to_be_in_viewport()
    assert sideways(still) == (0, [])
    still.evaluate(SPACING)
    for width, height in ((720, 450), (320, 640)):
        still.set_viewport_size({"width": width, "height": height})
        assert sideways(still) == (0, [])
        assert cut_words(still) == []
        state.ready(still).scroll_into_view_if_needed()
        expect(state.ready(still)).to_be_in_viewport()


def test_axe_finds_nothing_when_the_server_fails(themed: Page, addresses: dict[str, str], watched: Watched) -> None:
    watched.expect("ERR_FAILED|Failed to load")
    themed.route(f"**/v1/projects/{PROJECT}/**", lambda route: route.abort())
    for name in ("sessions", "session", "trace", "labels"):
        themed.goto(addresses[name])
        expect(themed.get_by_role("alert").first).to_be_visible()
        assert violations(themed) == []


def open_time(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Time range")).click()
    expect(page.get_by_role("menuitem", name="Last 7 days")).to_be_visible()


def open_columns(page: Page) -> None:
    page.get_by_role("button", name="Columns and rows").click()
    expect(page.get_by_role("list", name="Columns")).to_be_visible()


def open_keys(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=re.compile("Command")).fill("s")
    expect(page.get_by_role("option").first).to_be_visible()


def open_suggestions(page: Page) -> None:
    page.get_by_role("combobox", name=re.compile("^Search")).fill("tool:")
    expect(page.get_by_role("option").first).to_be_visible()


def open_project(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Project")).click()
    expect(page.get_by_role("menuitem").first).to_be_visible()


def open_more(page: Page) -> None:
    page.get_by_role("button", name="Copy and download").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()


def open_tabs(page: Page) -> None:
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(150)
        assert violations(page) == []


def open_labels(page: Page) -> None:
    page.get_by_role("tab", name="Annotations").click()
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("form", name="Set up a name")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Thumbs up", exact=True).click()
    expect(page.get_by_role("dialog", name="Who labels?")).to_be_visible()


def open_name(page: Page) -> None:
    page.get_by_role("button", name="Add a name").click()
    expect(page.get_by_role("form", name="Add a name")).to_be_visible()


def open_deletion(page: Page) -> None:
    page.get_by_role("textbox", name="End user").fill("mara")
    page.keyboard.press("Enter")
    expect(page.get_by_text("will be deleted")).to_be_visible()


OPENED: list[tuple[str, Callable[[Page], None]]] = [
    ("sessions", open_time),
    ("sessions", open_columns),
    ("sessions", open_keys),
    ("sessions", open_palette),
    ("sessions", open_suggestions),
    ("sessions", open_project),
    ("traces", open_suggestions),
    ("traces", open_columns),
    ("trace", open_more),
    ("trace", open_tabs),
    ("trace", open_labels),
    ("trace", open_palette),
    ("labels", open_name),
    ("delete", open_deletion),
]


@pytest.mark.parametrize(("name", "unfold"), OPENED, ids=[f"{name}-{unfold.__name__}" for name, unfold in OPENED])
def test_axe_finds_nothing_in_what_opens(
    themed: Page, addresses: dict[str, str], name: str, unfold: Callable[[Page], None]
) -> None:
    themed.goto(addresses[name])
    settled(themed)
    unfold(themed)
    themed.wait_for_timeout(200)
    assert violations(themed) == []


def test_drawers_hold_what_does_not_fit(themed: Page, addresses: dict[str, str]) -> None:
    themed.set_viewport_size({"width": 375, "height": 800})
    themed.goto(addresses["session"])
    themed.get_by_role("button", name="Session", exact=True).click()
    facts = themed.get_by_role("dialog", name="Session")
    expect(facts).to_contain_text("Id from")
    assert violations(themed) == []
    facts.get_by_role("button", name="Close").click()
    expect(facts).to_have_count(0)
    themed.get_by_role("button", name="Turns", exact=True).click()
    themed.get_by_role("dialog", name="Turns").get_by_role("button").filter(has_text="refund").click()
    expect(themed.get_by_role("region", name="Turn 2")).to_be_in_viewport()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 768, 2560])
def test_nothing_moves_sideways(page: Page, addresses: dict[str, str], watched: Watched, name: str, width: int) -> None:
    watched.expect("status of 40[04]")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(addresses[name])
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        "[...document.querySelectorAll('main')].filter(box => box.scrollWidth > box.clientWidth + 1).length"
    )
    assert wide == 0


# At nine points of what has the focus: is it what one would touch there?
SEEN = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return 'nothing';
  const box = element.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [box.left + box.width * x, box.top + box.height * y]));
  const seen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element));
  });
  return seen ? '' : element.outerHTML.slice(0, 200);
}"""  # noqa: E501


@pytest.mark.parametrize("name", ["sessions", "session", "traces", "trace", "labels", "connect"])
@pytest.mark.parametrize("size", [(1440, 900), (375, 700)], ids=["wide", "narrow"])
def test_focus_is_never_covered(page: Page, addresses: dict[str, str], name: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(addresses[name])
    settled(page)
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 20:
        page.keyboard.press(key)
        if (hidden := page.evaluate(SEEN)) != "nothing":
            assert hidden == ""


def test_the_first_stop_skips_to_the_content(page: Page, addresses: dict[str, str]) -> None:
    for name in ("sessions", "traces", "trace", "labels"):
        page.goto(addresses[name])
        settled(page)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name=re.compile("^Skip to"))
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()


@pytest.mark.parametrize("name", ["sessions", "session", "trace"])
def test_forced_colours_keep_focus_and_marks(page: Page, addresses: dict[str, str], name: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(addresses[name])
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    expect(page.get_by_text("✕").first).to_be_visible()
    fields = page.locator("input[type=text], button").filter(visible=True)
    assert fields.count() > 0
    if name == "trace":
        bar = page.locator("[data-family=tool]").last
        assert bar.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("name", ["sessions", "session", "trace"])
def test_reduced_motion_stops_all(browser: Browser, server: Server, addresses: dict[str, str], name: str) -> None:
    context = browser.new_context(base_url=server.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto(addresses[name])
    settled(page)
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(node => {
          const style = getComputedStyle(node);
          const lasts = times => times.split(',').some(time => parseFloat(time) > 0.001);
          return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration));
        }).map(node => node.outerHTML.slice(0, 120))"""
    )
    context.close()
    assert moving == []
