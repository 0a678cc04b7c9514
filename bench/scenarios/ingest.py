"""Sustained durable ingest, the memory it takes, and what the database weighs afterwards."""

import time

from bench.figures import Figure, at_least, at_most
from bench.memory import MemoryWatch
from bench.sending import rate, send
from bench.shapes import MANY, SPLIT
from bench.workbench import Workbench, finish

__all__ = ["measure"]

WARM_UP_S = 3.0
INDEX_S = 15.0
"""The text index follows within this time; what is left is done on the stopped file."""


def measure(bench: Workbench) -> list[Figure]:
    """Everything on, one fsynced commit before each answer."""
    load = bench.load(MANY)
    data = bench.empty("ingest")
    server = bench.server(data)
    with server, MemoryWatch(server.pid) as memory:
        sent = send(server, load, seconds=bench.seconds)
        live_bytes = server.files_bytes()
        time.sleep(INDEX_S)
        later_bytes = server.files_bytes()
    if sent.broken:
        raise RuntimeError(f"ingest ended early: {sent.broken}")
    found = rate(sent.acknowledged, WARM_UP_S)
    bench.top_rate = found.spans_per_second
    received = sum(load.places[one.number].body_bytes for one in sent.acknowledged)
    finish(data, "index")
    stopped = data.stat().st_size
    refused = f"; refused {sent.refused}" if sent.refused else ""
    note = (
        f"{found.spans:,} spans of {received / sent.spans:,.0f} B in {sent.seconds:.0f} s, "
        f"slowest 5 s {found.slowest_window:,.0f}/s{refused}"
    )
    disk_note = f"at once {live_bytes / received:.2f}, stopped with index done {stopped / received:.2f}"
    return [
        at_least("sustained durable ingest", found.spans_per_second, "spans/s", 10_000, note),
        Figure("answer to a request of 100 spans, p50", found.p50_ms, "ms"),
        Figure("answer to a request of 100 spans, p95", found.p95_ms, "ms"),
        at_most("memory under full load", memory.most_mb, "MB", 400, "PSS of all processes, the most seen"),
        at_most("database + WAL per byte received", max(later_bytes, stopped) / received, "B/B", 0.5, disk_note),
        split(bench),
    ]


def split(bench: Workbench) -> Figure:
    """The same where no trace arrives whole."""
    load = bench.load(SPLIT)
    with bench.server(bench.empty("split")) as server:
        sent = send(server, load, seconds=bench.seconds / 2)
    found = rate(sent.acknowledged, WARM_UP_S)
    note = f"children first, roots a second request later; p95 {found.p95_ms:.0f} ms"
    return Figure("ingest when every trace is split", found.spans_per_second, "spans/s", note=note)
