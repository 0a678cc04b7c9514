"""The main pages by axe, in both themes; and on a phone nothing moves sideways."""

from pathlib import Path

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import Page, expect
from served import Server

AXE = Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PROJECT = "access"


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, str]:
    start = now_ns() - 3600 * SECOND
    failing = refund_turn("s-1", start_ns=start + 60 * SECOND)
    server.send(request(PROJECT, turn("s-1", "charged twice", "I **see** it.", start_ns=start, user="mara") + failing))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    return {
        "sessions": f"/p/{PROJECT}/sessions",
        "search": f"/p/{PROJECT}/sessions?q=twice",
        "nothing found": f"/p/{PROJECT}/sessions?q=xyzzy",
        "first": "/p/never%20used/sessions",
        "session": f"/p/{PROJECT}/sessions/{found['id']}",
        "traces": f"/p/{PROJECT}/traces",
        "trace": f"/p/{PROJECT}/traces/{failing[0].trace_id.hex()}",
        "connect": "/connect",
    }


PAGES = ["sessions", "search", "nothing found", "first", "session", "traces", "trace", "connect"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, addresses: dict[str, str], name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(addresses[name])
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 768, 2560])
def test_nothing_moves_sideways(page: Page, addresses: dict[str, str], name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(addresses[name])
    expect(page.locator("main")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        "[...document.querySelectorAll('main')].filter(box => box.scrollWidth > box.clientWidth + 1).length"
    )
    assert wide == 0


def test_menus_and_dialogs_pass_too(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["sessions"])
    page.get_by_role("button", name="Time range: All time").click()
    expect(page.get_by_role("menuitem", name="Last 7 days")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert violations(page) == []


def test_drawers_hold_what_does_not_fit(page: Page, addresses: dict[str, str]) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(addresses["session"])
    page.get_by_role("button", name="Session", exact=True).click()
    facts = page.get_by_role("dialog", name="Session")
    expect(facts).to_contain_text("Id from")
    assert violations(page) == []
    facts.get_by_role("button", name="Close").click()
    expect(facts).to_have_count(0)
    page.get_by_role("button", name="Turns", exact=True).click()
    page.get_by_role("dialog", name="Turns").get_by_role("button").filter(has_text="refund").click()
    expect(page.get_by_role("region", name="Turn 2")).to_be_in_viewport()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
