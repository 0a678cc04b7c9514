"""`kill -9` under load: is all that was acknowledged still there?"""

import time
from collections import Counter

import msgspec
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bench.driver import Sent
from bench.figures import Figure, at_most
from bench.load import Load
from bench.sending import Driver, plan
from bench.servers import Server
from bench.shapes import MANY
from bench.workbench import Workbench

__all__ = ["measure"]

LOADED_S = 5.0
PAGES_MAX = 1_000


def measure(bench: Workbench) -> list[Figure]:
    """Spans are compared session by session, through the API of the server started again on the same file."""
    load = bench.load(MANY)
    server = bench.server(bench.empty("kill"))
    server.start()
    driver = Driver(plan(server, load, seconds=30.0))
    time.sleep(LOADED_S)
    server.kill()
    sent = driver.result()
    server.start()
    try:
        kept = stored(server, MANY.project)
    finally:
        server.stop()
    expected = acknowledged(load, sent)
    lost = sum(max(0, count - kept.get(session, 0)) for session, count in expected.items())
    note = f"{sent.spans:,} acknowledged, {sum(kept.values()):,} stored; ready again after {server.ready_s:.1f} s"
    return [at_most("acknowledged spans lost after kill -9", lost, "spans", 0, note)]


def acknowledged(load: Load, sent: Sent) -> Counter[str]:
    """Spans by session id in the requests that were answered with success."""
    found: Counter[str] = Counter()
    for one in sent.acknowledged:
        for resource in ExportTraceServiceRequest.FromString(load.body(one.number)).resource_spans:
            for scope in resource.scope_spans:
                found.update(span.attributes[0].value.string_value for span in scope.spans)
    return found


def stored(server: Server, project: str) -> dict[str, int]:
    """Spans by session id, read page by page."""
    found: dict[str, int] = {}
    link = server.connect()
    cursor = ""
    for _ in range(PAGES_MAX):
        answer = link.get(f"/v1/projects/{project}/sessions?limit=1000{cursor}")
        page = msgspec.json.decode(answer.body)
        found.update({one["session_id"]: one["span_count"] for one in page["data"]})
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    link.close()
    return found
