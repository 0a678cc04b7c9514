"""What a page says to a screen reader, compared with what was committed."""

import difflib
import re
import time
from pathlib import Path

from playwright.sync_api import Locator

FOLDER = Path(__file__).parent / "snapshots"
RENEW = "make snapshots"
LASTS_S = 10
STEADY_S = 0.7
"""A page that has said the same for so long is at rest: nothing that it loads takes longer on its own machine."""

# All that may differ between two runs, and nothing else: ids that the server draws by lot, and its ports.
MASKS = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"\bview=[0-9a-f]{16}\b"), "view=ID"),
)


def compare(part: Locator, name: str, *, renew: bool) -> None:
    """Holds the ARIA snapshot of `part` to snapshots/aria/NAME.yml, or writes that file."""
    file = FOLDER / "aria" / f"{name}.yml"
    if renew:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(steady(part), "utf-8")
        return
    assert file.is_file(), f"{file.name} is not there yet. Write it with: {RENEW}"
    wanted = file.read_text("utf-8")
    seen = awaited(part, wanted)
    difference = difflib.unified_diff(
        wanted.splitlines(), seen.splitlines(), f"committed {file.name}", "on the page", lineterm=""
    )
    told = "\n".join(difference)
    assert not told, f"The page says something else now:\n{told}\nIf that is meant, renew with: {RENEW}"


def awaited(part: Locator, wanted: str) -> str:
    """What it says once that is `wanted`, or after LASTS_S."""
    until = time.monotonic() + LASTS_S
    while (seen := read(part)) != wanted and time.monotonic() < until:
        part.page.wait_for_timeout(50)
    return seen


def steady(part: Locator) -> str:
    """What it says once that has not changed for STEADY_S."""
    seen, since = read(part), time.monotonic()
    while time.monotonic() - since < STEADY_S:
        part.page.wait_for_timeout(100)
        if (now := read(part)) != seen:
            seen, since = now, time.monotonic()
    return seen


def read(part: Locator) -> str:
    told = part.aria_snapshot()
    for pattern, instead in MASKS:
        told = pattern.sub(instead, told)
    return told + "\n"
