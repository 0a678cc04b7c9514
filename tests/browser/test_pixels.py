"""What the main pages look like: few pictures, by the shipped fonts alone, a stopped clock and one Chromium.

The files are in snapshots/pixels; `make snapshots` draws them anew and pins the Chromium that drew them.
"""

import re

import pytest
from pixels import compare, on_the_pinned
from playwright.sync_api import Browser, Page, expect
from seeded import PROJECT
from served import Server
from snapshots import FOLDER

DRAWN = {
    "sessions": (f"/p/{PROJECT}/sessions", "light", 1440),
    "sessions-320": (f"/p/{PROJECT}/sessions", "dark", 320),
    "chart": (f"/p/{PROJECT}/sessions?chart=latency", "light", 1440),
    "session": ("session", "dark", 1440),
    "timeline": ("session", "light", 1440),
    "trace": ("trace", "dark", 1440),
    "palette": (f"/p/{PROJECT}/sessions", "light", 1440),
    "palette-dark": (f"/p/{PROJECT}/sessions", "dark", 1440),
}


@pytest.fixture
def _pinned(browser: Browser, *, renew: bool) -> None:
    on_the_pinned(browser.version, renew=renew)


@pytest.mark.pinned_chromium
@pytest.mark.usefixtures("_pinned")
@pytest.mark.parametrize("name", DRAWN)
def test_it_looks_as_it_looked(still: Page, shop: tuple[Server, dict[str, str]], name: str, *, renew: bool) -> None:
    address, theme, width = DRAWN[name]
    still.emulate_media(color_scheme=theme)
    still.set_viewport_size({"width": width, "height": 900 if width > 320 else 640})
    still.goto(shop[1].get(address, address))
    if address in {"session", "trace"}:
        place = (
            still.get_by_role("region", name="Turn 1", exact=True)
            if address == "session"
            else still.get_by_role("tabpanel")
        )
        expect(place).to_be_visible()
    else:
        expect(still.locator("[data-row='0']")).to_be_visible()
    expect(still.get_by_role("status", name=re.compile("^Loading"))).to_have_count(0)
    if name == "timeline":
        still.keyboard.press("t")
        expect(still.get_by_role("region", name="Timeline").locator("rect").first).to_be_visible()
    if name.startswith("palette"):
        still.keyboard.press("Control+k")
        expect(still.get_by_role("dialog", name="Commands").get_by_role("option").first).to_be_visible()
    compare(still, name, renew=renew)


def test_the_pictures_are_few_and_small(*, renew: bool) -> None:
    if renew:
        return
    files = list((FOLDER / "pixels").glob("*.png"))
    assert {file.stem for file in files} == set(DRAWN)
    assert sum(file.stat().st_size for file in files) < 1_500_000
