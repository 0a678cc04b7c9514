"""The sessions page on a first visit with a cold cache."""

import msgspec

from bench.browser import Visit, visit
from bench.figures import Figure, at_most, percentile
from bench.scenarios.reading import LIST
from bench.shapes import SOME
from bench.workbench import Workbench

__all__ = ["measure", "page_figures"]

VISITS = 5


def measure(bench: Workbench) -> list[Figure]:
    """2,000 sessions; the first row is there when the newest session's words are painted."""
    with bench.server(bench.filled(SOME)) as server:
        link = server.connect()
        newest = msgspec.json.decode(link.get(LIST).body)["data"][0]["first_input"]
        link.close()
        visits = [visit(f"http://127.0.0.1:{server.port}/p/bench/sessions", newest[:20]) for _ in range(VISITS)]
    return page_figures(visits)


def page_figures(visits: list[Visit]) -> list[Figure]:
    """The median of several visits."""
    rows = [one.shown_ms / 1e3 for one in visits]
    wire = [one.wire_bytes / 1e3 for one in visits]
    note = f"{visits[0].requests} requests; first contentful paint {visits[0].first_paint_ms:,.0f} ms"
    return [
        at_most("sessions page, first visit, on the wire", percentile(wire, 0.5), "kB", 600, note),
        at_most(
            "sessions page, first row visible", percentile(rows, 0.5), "s", 1.0, f"{min(rows):.2f} to {max(rows):.2f}"
        ),
    ]
