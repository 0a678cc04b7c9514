"""A receiving server on free ports for tests of the edges, and requests to send it."""

import asyncio
import select
import socket
import threading
from contextlib import contextmanager

import uvicorn
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from threadline.errors import StoreFailed
from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits
from threadline.server.arrivals import Arrivals
from threadline.server.http_protocol import noticing_protocol
from threadline.server.receive_grpc import grpc_server
from threadline.server.receive_http import otlp_http
from threadline.store.contract import AppendResult


class KeepingStore:
    """Keeps arrivals in a list. Clear `gate` to hold commits back; `fails` makes every commit fail."""

    def __init__(self):
        self.arrivals = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.fails = False

    def append(self, arrivals):
        self.entered.set()
        assert self.gate.wait(20)
        if self.fails:
            return [StoreFailed("store_failed", "the disk is full")] * len(arrivals)
        self.arrivals += arrivals
        return [AppendResult(len(arrival.spans)) for arrival in arrivals]

    @property
    def span_names(self):
        return [span.facts.name for arrival in self.arrivals for span in arrival.spans]

    @property
    def projects(self):
        return {span.project for arrival in self.arrivals for span in arrival.spans}

    def index_pending(self, rows_max=4_000):
        return 0

    def fold_pending(self):
        return 0

    def maintain(self, *, settle_all=False):
        return False


class Receiving:
    """What a test sees of a running server."""

    def __init__(self, store):
        self.store = store
        self.arrivals = Arrivals(lambda: 1_795_000_000_000_000_000)
        self.ingest = None
        self.grpc = None
        self.http_port = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def grpc_address(self):
        return f"127.0.0.1:{self.grpc.port}"

    @property
    def last(self):
        return self.arrivals.last(1)[0]

    def send(self, head, body=b"", *, close=False):
        """Raw bytes to the HTTP port; what comes back until the other side closes or 5 s pass."""
        with socket.create_connection(("127.0.0.1", self.http_port), timeout=5) as connection:
            connection.sendall(head + body)
            if close:
                return b""
            answer = b""
            while part := connection.recv(65_536):
                answer += part
            return answer

    def send_until_refused(self, data: bytes) -> bytes:
        """The answer to raw bytes, read before all of them are sent: a refusal closes the connection."""
        with socket.create_connection(("127.0.0.1", self.http_port), timeout=5) as connection:
            answer = b""
            for start in range(0, len(data), 16_384):
                connection.sendall(data[start : start + 16_384])
                ready, _, _ = select.select([connection], [], [], 0.001)
                if ready:
                    answer += connection.recv(65_536)
                    break
            return answer or connection.recv(65_536)


@contextmanager
def receiving(limits=Limits(), *, with_grpc=False, body_timeout_s=60.0, store=None):  # noqa: B008  frozen
    """A server with both edges on a thread of its own."""
    seen = Receiving(store or KeepingStore())
    started = threading.Event()
    finish = []

    async def serve():
        seen.ingest = Ingest(seen.store, limits)
        seen.ingest.start()
        app = otlp_http(seen.ingest, seen.arrivals, limits, grpc_port=4317, body_timeout_s=body_timeout_s)
        if with_grpc:
            seen.grpc = await grpc_server(seen.ingest, seen.arrivals, limits, host="127.0.0.1", port=0)
        config = uvicorn.Config(
            app,
            port=0,
            http=noticing_protocol(seen.arrivals, 4317),
            lifespan="off",
            log_level="warning",
            access_log=False,
        )
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None
        finish.append(server)
        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110  uvicorn offers no event
            await asyncio.sleep(0.005)
        seen.http_port = server.servers[0].sockets[0].getsockname()[1]
        started.set()
        await task
        if seen.grpc is not None:
            await seen.grpc.stop(0)
        release(seen.store)
        await seen.ingest.stop()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert started.wait(10)
    try:
        yield seen
    finally:
        release(seen.store)
        finish[0].should_exit = True
        thread.join(20)
        assert not thread.is_alive()
    assert seen.ingest.budget.used == 0


def release(store):
    """Let a commit go on that a test has held back."""
    if isinstance(store, KeepingStore):
        store.gate.set()


def request(*span_ids, project="shop", name="span", **attributes):
    message = ExportTraceServiceRequest()
    group = message.resource_spans.add()
    if project:
        group.resource.attributes.add(key="openinference.project.name").value.string_value = project
    spans = group.scope_spans.add().spans
    for span_id in span_ids:
        span = spans.add(
            trace_id=(1).to_bytes(16, "big"),
            span_id=span_id.to_bytes(8, "big"),
            name=name,
            start_time_unix_nano=1_795_000_000_000_000_000,
            end_time_unix_nano=1_795_000_001_000_000_000,
        )
        for key, value in attributes.items():
            span.attributes.add(key=key.replace("_", ".")).value.string_value = value
    return message.SerializeToString()
