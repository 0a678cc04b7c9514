"""A session of 20,000 turns in a real browser: opening it, landing anywhere in it, scrolling it to its end."""

import time
from typing import Any

import msgspec

from bench.browser import chromium, visit
from bench.figures import Figure, at_most, percentile
from bench.scenarios.reading import LIST
from bench.servers import Server
from bench.shapes import ENDLESS
from bench.watched import Frames, WatchedPage
from bench.workbench import Workbench

__all__ = ["measure"]

VISITS = 5
PLACES = (2, 777, 5_000, 10_001, 13_333, 19_990, 20_000)
READ_S = 20.0
"""Scrolled as a hurried reader does, three screens a second ..."""
READ_PX_PER_S = 2_100
FLING_S = 60.0
"""... and then to the end."""
WHEELS_PER_S = 40
SETTLE_MS = 3_000

NOTHING, DRAWN, WORDS = 0, 1, 2
LOOK = f"""
() => {{
  const region = document.querySelector("[role=region][aria-label=Conversation]");
  const box = region.getBoundingClientRect();
  let most = {NOTHING};
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {{
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * share);
    const turn = hit?.closest("[aria-label^='Turn ']");
    if (turn) most = Math.max(most, turn.textContent.length > 160 ? {WORDS} : {DRAWN});
  }}
  return most;
}}
"""
"""What is in sight: nothing, turns without words (a heading and grey bars), or words."""


def measure(bench: Workbench) -> list[Figure]:
    """Cold visits, then one long scroll."""
    with bench.server(bench.filled(ENDLESS)) as server:
        session = read(server, LIST)
        base = f"http://127.0.0.1:{server.port}/p/{ENDLESS.project}/sessions/{session['id']}"
        opened = [landing(server, base, session, 1) for _ in range(VISITS)]
        landed = [landing(server, base, session, place) for place in PLACES]
        return [
            *both("readable", opened, f"{VISITS} first visits"),
            *both(
                "any turn by permalink", landed, f"turns {', '.join(f'{place:,}' for place in PLACES)}; first visits"
            ),
            *scrolled(base),
        ]


def both(what: str, seconds: list[float], note: str) -> list[Figure]:
    """p50 and p95 against one second."""
    name = "20,000-turn session"
    return [
        at_most(f"{name}, {what}, p50", percentile(seconds, 0.5), "s", 1.0, note),
        at_most(f"{name}, {what}, p95", percentile(seconds, 0.95), "s", 1.0),
    ]


def read(server: Server, path: str) -> dict[str, Any]:
    """The first row of a list, over a connection of its own: visits last longer than one is kept open."""
    link = server.connect()
    body = link.get(path).body
    link.close()
    row: dict[str, Any] = msgspec.json.decode(body)["data"][0]
    return row


def landing(server: Server, base: str, session: dict[str, Any], place: int) -> float:
    """Seconds from the address to the words of that turn in sight."""
    path = f"/v1/projects/{ENDLESS.project}/sessions/{session['id']}/turns?from_turn={place}&limit=1"
    words = read(server, path)["input"]["text"][:30]
    address = base if place == 1 else f"{base}?turn={place}"
    return visit(address, words, f"[aria-label='Turn {place}']").shown_ms / 1e3


def scrolled(base: str) -> list[Figure]:
    """From the first turn to the last by the wheel."""
    with chromium() as browser:
        watched = WatchedPage(browser)
        page = watched.page
        cdp: Any = page.context.new_cdp_session(page)
        page.goto(base)
        region = page.get_by_role("region", name="Conversation")
        region.get_by_label("Turn 1", exact=True).wait_for()
        page.wait_for_timeout(SETTLE_MS)
        box = region.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        watched.record(LOOK)
        page.wait_for_timeout(SETTLE_MS)
        resting = watched.recorded()
        watched.record(LOOK)
        wheel(watched, READ_S, READ_PX_PER_S)
        reading = watched.recorded()
        height = int(region.evaluate("one => one.scrollHeight - one.scrollTop"))
        watched.record(LOOK)
        wheel(watched, FLING_S, height / FLING_S)
        while not region.evaluate("one => one.scrollTop + one.clientHeight > one.scrollHeight - 4"):
            wheel(watched, 1, height / FLING_S)
        flung = watched.recorded()
        region.get_by_label("Turn 20000", exact=True).wait_for()
        page.wait_for_timeout(SETTLE_MS)
        cdp.send("HeapProfiler.collectGarbage")
        heap = float(page.evaluate("performance.memory.usedJSHeapSize"))
    return scroll_figures(resting, reading, flung, heap)


def wheel(watched: WatchedPage, seconds: float, px_per_s: float) -> None:
    """Turn the wheel evenly for so long."""
    begin = done = time.perf_counter()
    while done - begin < seconds:
        watched.page.mouse.wheel(0, px_per_s / WHEELS_PER_S)
        next_turn = done + 1 / WHEELS_PER_S
        time.sleep(max(0.0, next_turn - time.perf_counter()))
        done = max(next_turn, time.perf_counter())


def scroll_figures(resting: Frames, reading: Frames, flung: Frames, heap: float) -> list[Figure]:
    """Both parts of the scroll together, and what was in sight in each; at rest says how busy the machine was."""
    name = "20,000-turn session, scrolled to its end"
    frames = [*reading.ms, *flung.ms]
    note = f"{len(frames):,} frames: {READ_S:.0f} s at {READ_PX_PER_S:,} px/s, then to the end in {FLING_S:.0f} s"
    rest = f"at rest p95 {percentile(resting.ms, 0.95):.0f}, worst {max(resting.ms):.0f} ms"
    return [
        at_most(f"{name}, p95 frame", percentile(frames, 0.95), "ms", 33, note),
        at_most(f"{name}, worst frame", max(frames), "ms", 100, rest),
        at_most(f"{name}, longest without words, reading", reading.longest_ms(DRAWN), "ms", 150),
        at_most(f"{name}, longest with nothing drawn", flung.longest_ms(NOTHING), "ms", 150),
        Figure(f"{name}, longest without words, flung", flung.longest_ms(DRAWN), "ms"),
        at_most(f"{name}, heap after", heap / 1e6, "MB", 250),
    ]
