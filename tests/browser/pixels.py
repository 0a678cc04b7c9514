"""What a page looks like, compared with what was committed."""

import io
import platform
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page
from snapshots import FOLDER, RENEW

from pinned import ELSEWHERE

PINNED = FOLDER / "pixels/pinned.txt"
"""The Chromium and the system that drew the pictures: others draw letters differently."""
DIFFERS = 3
"""A pixel differs where a channel is off by more of 255: run to run, edges of letters are off by 1 or 2."""
DIFFERING_MAX = 0.00005
"""Of all pixels: 64 of 1440x900, the ink of two small letters. Run to run, at most 5 were seen to differ."""
DRAWN_IN = Path(__file__).parents[2] / "test-results"

# Signs that no shipped font has (✕, ▾, other scripts) become ¤, and formulae, set in a font of the system, go:
# else the picture would depend on what is installed.
SHIPPED_ONLY = """() => {
  const spans = [...document.fonts].filter(face => /Variable/.test(face.family)).flatMap(face =>
    face.unicodeRange.split(',').map(range => range.trim().slice(2).split('-').map(end => parseInt(end, 16))));
  const shipped = sign => spans.some(([first, last = first]) => first <= sign && sign <= last);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const drawn = [...text.data].map(sign => sign < ' ' || shipped(sign.codePointAt(0)) ? sign : '¤').join('');
    if (drawn !== text.data) text.data = drawn;
  }
  for (const each of document.querySelectorAll('math')) each.remove();
}"""


def drawn_by(version: str) -> str:
    """The Chromium's major version and the system, as they are pinned."""
    return f"Chromium {version.split('.', maxsplit=1)[0]} on {platform.system()}"


def on_the_pinned(version: str, *, renew: bool) -> None:
    """Skips by name where another Chromium would draw, or pins this one."""
    here = drawn_by(version)
    if renew:
        PINNED.parent.mkdir(parents=True, exist_ok=True)
        PINNED.write_text(here + "\n", "utf-8")
    elif here != (pinned := PINNED.read_text("utf-8").strip()):
        pytest.skip(f"{ELSEWHERE} {pinned}, this is {here}")


def compare(page: Page, name: str, *, renew: bool) -> None:
    """Holds the page to snapshots/pixels/NAME.png, or writes that file."""
    file = FOLDER / "pixels" / f"{name}.png"
    seen = at_rest(page)
    if renew:
        seen.save(file, optimize=True)
        return
    assert file.is_file(), f"{file.name} is not there yet. Write it with: {RENEW}"
    wanted = Image.open(file).convert("RGB")
    assert seen.size == wanted.size
    differing = difference(wanted, seen)
    share = sum(differing.histogram()[1:]) / (seen.width * seen.height)
    if share <= DIFFERING_MAX:
        return
    told = write_difference(wanted, seen, differing, name)
    raise AssertionError(f"{share:.2%} of {name} looks different: see {told}\nIf that is meant, renew with: {RENEW}")


def at_rest(page: Page) -> Image.Image:
    """The page, by the shipped fonts alone, once it is drawn the same twice."""
    page.evaluate("document.fonts.ready")
    steady(page)
    page.evaluate(SHIPPED_ONLY)
    drawn = steady(page)
    assert system_fonts(page) == []
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def steady(page: Page) -> bytes:
    """The picture once two in a row are the same."""
    before = b""
    while (now := page.screenshot(animations="disabled", caret="hide")) != before:
        before = now
        page.wait_for_timeout(400)
    return now


def difference(wanted: Image.Image, seen: Image.Image) -> Image.Image:
    """White where a channel is off by more than DIFFERS."""
    channels = ImageChops.difference(wanted, seen).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return most.point(lambda off: 255 if off > DIFFERS else 0)


def system_fonts(page: Page) -> list[str]:
    """Texts that are drawn by a font which the page does not bring."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]
    found: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = node.get("children", [])
        waiting += [each for each in inside if each["nodeName"] not in {"HEAD", "SCRIPT", "STYLE", "NOSCRIPT"}]
        words = " ".join(each["nodeValue"] for each in inside if each["nodeName"] == "#text").strip()
        if words:
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
            found += [f"{font['familyName']}: {words[:80]}" for font in fonts if not font["isCustomFont"]]
    session.detach()
    return found


def write_difference(wanted: Image.Image, seen: Image.Image, differing: Image.Image, name: str) -> Path:
    """What was wanted, what is seen, and where they differ, one beneath the other."""
    told = Image.new("RGB", (seen.width, 3 * seen.height))
    for at, each in enumerate((wanted, seen, differing.convert("RGB"))):
        told.paste(each, (0, at * seen.height))
    DRAWN_IN.mkdir(parents=True, exist_ok=True)
    file = DRAWN_IN / f"{name}.png"
    told.save(file)
    return file
