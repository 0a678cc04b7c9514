"""A page that notes what its reader would feel: how long each action takes, what shifts, which frames are late."""

from typing import Any

import msgspec
from playwright.sync_api import Browser, Page

from bench.browser import new_page

__all__ = ["Feel", "Frames", "WatchedPage"]

SLOW_MS_MAX = 20_000
WATCH = """
(() => {
  const bench = { shift: 0, interactions: {}, frames: [] };
  window.bench = bench;
  let opened = -1e9, last = -1e9, sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.hadRecentInput) continue;
      if (one.startTime - last > 1000 || one.startTime - opened > 5000) { opened = one.startTime; sum = 0; }
      last = one.startTime;
      sum += one.value;
      bench.shift = Math.max(bench.shift, sum);
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (!one.interactionId) continue;
      bench.interactions[one.interactionId] = Math.max(bench.interactions[one.interactionId] ?? 0, one.duration);
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
  const inputs = ["keydown", "pointerdown", "wheel"];
  bench.arm = (found) => {
    bench.timed = new Promise((done) => {
      const begin = (event) => {
        for (const kind of inputs) removeEventListener(kind, begin, true);
        const look = () => {
          const late = performance.now() - event.timeStamp > SLOW;
          if (late) done(null);
          else if (found()) requestAnimationFrame(() => done(performance.now() - event.timeStamp));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      for (const kind of inputs) addEventListener(kind, begin, { capture: true, passive: true });
    });
  };
  bench.record = (look) => {
    bench.frames = [];
    let before = performance.now();
    const frame = (now) => {
      bench.frames.push([now - before, look()]);
      before = now;
      if (bench.recording) requestAnimationFrame(frame);
    };
    bench.recording = true;
    requestAnimationFrame((now) => { before = now; requestAnimationFrame(frame); });
  };
})();
"""


class Feel(msgspec.Struct, frozen=True):
    """Two of the Web Vitals, since the page was opened. https://web.dev/articles/vitals"""

    inp_ms: float
    """Interaction to Next Paint: the slowest, without one of every 50."""
    shift: float
    """Cumulative Layout Shift: of the worst burst."""
    interactions: int


class Frames(msgspec.Struct, frozen=True):
    """What was seen frame by frame."""

    ms: list[float]
    """How long each took."""
    seen: list[int]
    """What `look` said at its end."""

    def longest_ms(self, state: int) -> float:
        """The longest time in a row in which at most `state` was seen."""
        longest = current = 0.0
        for took, seen in zip(self.ms, self.seen, strict=True):
            current = current + took if seen <= state else 0.0
            longest = max(longest, current)
        return longest


class WatchedPage:
    """One page, watched from its first script on."""

    def __init__(self, browser: Browser) -> None:
        self.page: Page = new_page(browser)
        self.page.add_init_script(WATCH.replace("SLOW", str(SLOW_MS_MAX)))

    def expect(self, found: str, argument: Any = None) -> None:
        """Time the next key, click or turn of the wheel until `found`, a JavaScript function, says true."""
        self.page.evaluate(f"(argument) => bench.arm(() => ({found})(argument))", argument)

    def took_ms(self, what: str) -> float:
        """How long that took, to the frame after the one in which it was found."""
        found = self.page.evaluate("bench.timed")
        if found is None:
            raise RuntimeError(f"{what}: not there after {SLOW_MS_MAX / 1e3:.0f} s, on {self.page.url}")
        return float(found)

    def record(self, look: str) -> None:
        """Note every frame from now on; `look`, a JavaScript function, says as a number what is in sight."""
        self.page.evaluate(f"() => bench.record({look})")

    def recorded(self) -> Frames:
        """The frames up to now."""
        frames = self.page.evaluate("() => { bench.recording = false; return bench.frames; }")
        return Frames([float(took) for took, _ in frames], [int(seen) for _, seen in frames])

    def feel(self) -> Feel:
        """Up to now."""
        durations, shift = self.page.evaluate("[Object.values(bench.interactions), bench.shift]")
        slowest = sorted((float(one) for one in durations), reverse=True)
        return Feel(slowest[len(slowest) // 50] if slowest else 0.0, float(shift), len(slowest))
