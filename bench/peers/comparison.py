"""The same load, kill, list, start, memory and page for two servers, one after the other."""

import time
from datetime import UTC, datetime, timedelta

import msgspec

from bench.browser import visit
from bench.conversations import SECOND, Shape
from bench.figures import Figure, percentile
from bench.load import Load
from bench.memory import MemoryWatch, pss_mb
from bench.peers.contestant import Contestant
from bench.sending import Driver, plan, send
from bench.servers import Server
from bench.shapes import MANY
from bench.workbench import Workbench

__all__ = ["compare"]

IDLE_S = 5.0
DRAIN_S_MAX = 420.0
KILL_AFTER_S = 10.0
LIST_REPEATS_MAX = 20
VISITS = 3


def recent() -> Shape:
    """Conversations of yesterday: a page that shows the last seven days shows them."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return msgspec.structs.replace(MANY, base_ns=int((midnight - timedelta(days=1)).timestamp()) * SECOND)


def compare(ours: Contestant, theirs: Contestant, bench: Workbench) -> tuple[list[Figure], list[Figure]]:
    """Our figures and theirs, by the same names. Ours are read from as many requests as they could store."""
    load = bench.load(recent())
    their_figures, stored = measure(theirs, bench, load, None)
    our_figures, _ = measure(ours, bench, load, stored // MANY.spans_per_request)
    return our_figures, their_figures


def measure(one: Contestant, bench: Workbench, load: Load, requests: int | None) -> tuple[list[Figure], int]:
    """All figures of one server, and how many spans it could store.

    With `requests`, lists and pages are read from a database that holds so many; else from the one that the
    rate was measured on.
    """
    print(f"{one.name} ...", flush=True)
    server = Server(one.command(), one.data(bench.folder), bench.folder / f"{one.name}.log")
    figures, stored = ingest(one, server, load, bench.seconds)
    figures += kill(one, bench, load)
    if requests is not None:
        server = Server(one.command(), one.data(bench.folder), server.log)
        with server:
            send(server, load, count=requests)
    figures += reading(one, server)
    return figures, stored


def ingest(one: Contestant, server: Server, load: Load, seconds: float) -> tuple[list[Figure], int]:
    """Start, memory, and spans a second until the last acknowledged one is stored; and how many are."""
    with server:
        ready_s = server.ready_s
        time.sleep(IDLE_S)
        idle_mb = pss_mb(server.pid)
        begin = time.perf_counter()
        with MemoryWatch(server.pid) as memory:
            sent = send(server, load, seconds=seconds)
            stored = drained(one, server, sent.spans, begin)
        stored_s = time.perf_counter() - begin
    received = sum(load.places[ack.number].body_bytes for ack in sent.acknowledged) * stored / max(1, sent.spans)
    note = f"{sent.spans:,} acknowledged in {sent.seconds:.0f} s, {stored:,} stored after {stored_s:.0f} s"
    if sent.refused or sent.broken:
        note += f", refused {sent.refused or sent.broken}"
    return [
        Figure("start to ready", ready_s, "s"),
        Figure("memory, idle", idle_mb, "MB"),
        Figure("spans stored a second", stored / stored_s, "spans/s", note=note),
        Figure("memory, the most under load", memory.most_mb, "MB"),
        Figure("bytes on disk per byte stored", server.files_bytes() / received, "B/B"),
    ], stored


def drained(one: Contestant, server: Server, expected: int, begin: float) -> int:
    """Wait until what was acknowledged is stored, for a limited time."""
    stored = one.stored_spans(server)
    while stored < expected and time.perf_counter() - begin < DRAIN_S_MAX:
        time.sleep(0.5)
        stored = one.stored_spans(server)
    return stored


def kill(one: Contestant, bench: Workbench, load: Load) -> list[Figure]:
    """`kill -9` under load."""
    folder = bench.folder / "kill"
    folder.mkdir(exist_ok=True)
    server = Server(one.command(), one.data(folder), bench.folder / f"{one.name}.log")
    server.start()
    driver = Driver(plan(server, load, seconds=60.0))
    time.sleep(KILL_AFTER_S)
    server.kill()
    sent = driver.result()
    with server:
        time.sleep(IDLE_S)
        stored = one.stored_spans(server)
    lost = max(0, sent.spans - stored)
    note = f"{sent.spans:,} acknowledged in {KILL_AFTER_S:.0f} s, {stored:,} stored"
    return [Figure("acknowledged spans lost after kill -9", lost, "spans", note=note)]


def reading(one: Contestant, server: Server) -> list[Figure]:
    """The list and the page, on the same number of spans."""
    with server:
        held = one.stored_spans(server)
        link = server.connect()
        message = one.list_message(server)
        answers = [link.exchange(message) for _ in range(LIST_REPEATS_MAX)][2:]
        rows = one.listed(answers[-1].body)
        visits = [visit(*one.page(server)) for _ in range(VISITS)]
    times = [answer.ms for answer in answers]
    return [
        Figure("list of 50 sessions, p50", percentile(times, 0.5), "ms", note=f"{rows} rows of {held:,} spans"),
        Figure("sessions page, first visit, on the wire", percentile([v.wire_bytes for v in visits], 0.5) / 1e3, "kB"),
        Figure("sessions page, first row visible", percentile([v.shown_ms for v in visits], 0.5) / 1e3, "s"),
    ]
