"""The composition root: the only place that picks implementations and starts what runs."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from threadline.conventions import PriceTable
from threadline.conventions.prices import BUILT_IN
from threadline.errors import InvalidInput, StoreFailed
from threadline.ingest.queue import Ingest
from threadline.server.arrivals import Arrivals
from threadline.server.bind import Bound, bind, check_host, left_out, port_in_use
from threadline.server.context import Context
from threadline.server.events import LiveEvents
from threadline.server.guard import Guard, is_loopback
from threadline.server.http import HttpServer
from threadline.server.http_protocol import noticing_protocol
from threadline.server.page import STATIC, Page
from threadline.server.receive_http import otlp_http
from threadline.settings import Settings, default_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threadline.server.asgi import App
    from threadline.store.contract import Store

__all__ = ["RunningServer", "data_path", "open_store", "serve"]

logger = logging.getLogger("threadline.server")


class RunningServer:
    """A server that is ready. `stop` may be called from a signal handler on the loop."""

    def __init__(self, settings: Settings, bound: Bound) -> None:
        self.settings = settings
        self.port = bound.port()
        """Of the page, the REST API and OTLP over HTTP."""
        self.otlp_port = bound.port(1) if len(bound.http) > 1 else None
        self.grpc_port: int | None = None
        self.notes = bound.notes
        """What was left out, for a person."""
        self._stop = asyncio.Event()

    @property
    def url(self) -> str:
        """Where the page is."""
        host = self.settings.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def stop(self) -> None:
        """Stop accepting, finish what runs, close the store."""
        self._stop.set()

    async def wait(self) -> None:
        """Until somebody stops it."""
        await self._stop.wait()


def data_path(settings: Settings) -> Path:
    """The database file of these settings."""
    return settings.data or default_data()


def open_store(settings: Settings) -> "Store":
    """The store of these settings; its folder is made where it is missing."""
    from threadline.store.sqlite import SqliteStore  # noqa: PLC0415, the one place that picks the store

    path = data_path(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteStore.open(path, limits=settings.limits, settle_after_s=settings.settle_after_s)
    except OSError as wrong:
        raise StoreFailed(
            "data_unwritable", f"{path} cannot be written: {wrong.strerror}. Choose another --data path."
        ) from None


def read_prices(settings: Settings) -> PriceTable:
    """The built-in prices, the user's before them. InvalidInput names a file that cannot be read."""
    if settings.prices is None:
        return BUILT_IN
    try:
        data = settings.prices.read_bytes()
    except OSError as wrong:
        raise InvalidInput(
            "prices_unreadable", f"The price table {settings.prices} cannot be read: {wrong.strerror}."
        ) from None
    return PriceTable.from_json(data)


async def serve(
    settings: Settings,
    ready: Callable[[RunningServer], None],
    *,
    store: Callable[[Settings], "Store"] = open_store,
    page: Path | None = None,
    signals: bool = True,
) -> None:
    """Run until stopped: by SIGINT or SIGTERM, or by `RunningServer.stop`.

    `ready` is called once every port answers. `page` is the folder of the built page. Raises ThreadlineError
    when the server cannot start. What was started is stopped in the opposite order, the store last.
    """
    check_host(settings)
    async with AsyncExitStack() as stack:
        bound = bind(settings)
        stack.callback(bound.close)
        server = RunningServer(settings, bound)
        context = await _context(settings, store, stack)
        await _start_grpc(server, context, stack)
        http = _Http(server, _application(server, context, page), context.arrivals)
        running = asyncio.create_task(http.serve(sockets=bound.http), name="threadline-http")
        if await _first(running, http.ready.wait()):
            if signals:
                stack.enter_context(_signals(server))
            ready(server)
            await _first(running, server.wait())
        context.stopping.set()
        context.events.close()
        http.should_exit = True
        await running


async def _context(settings: Settings, store: Callable[[Settings], "Store"], stack: AsyncExitStack) -> Context:
    prices = read_prices(settings)
    opened = store(settings)
    stack.callback(opened.close)
    ingest = Ingest(opened, settings.limits, prices=prices, decoding_process=settings.decoding_process)
    ingest.start()
    stack.push_async_callback(ingest.stop)
    events = LiveEvents(boot=token_hex(6))
    stack.callback(ingest.subscribe(events.changed))
    context = Context(
        store=opened, ingest=ingest, arrivals=Arrivals(time.time_ns), events=events, clock_ns=time.time_ns
    )
    stack.callback(context.close)
    return context


async def _first(running: "asyncio.Task[None]", event: Coroutine[Any, Any, Any]) -> bool:
    """Whether the event came before the server ended."""
    waiting = asyncio.ensure_future(event)
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    return waiting.done() or waiting.cancel() is None


def _application(server: RunningServer, context: Context, page: Path | None) -> HttpServer:
    from threadline.server.rest import rest_api  # noqa: PLC0415, the framework is the largest import

    settings, grpc_port = server.settings, server.grpc_port
    return HttpServer(
        guard=Guard(loopback=is_loopback(settings.host), allowed_hosts=settings.allowed_hosts),
        arrivals=context.arrivals,
        otlp=otlp_http(context.ingest, context.arrivals, settings.limits, grpc_port=grpc_port),
        grpc_port=grpc_port,
        api=cast("App", rest_api(context)),
        page=Page(page or STATIC, otlp_port=server.otlp_port, grpc_port=grpc_port),
        readers=context.readers,
    )


async def _start_grpc(server: RunningServer, context: Context, stack: AsyncExitStack) -> None:
    settings = server.settings
    if not settings.grpc_port:
        return
    from threadline.server.receive_grpc import grpc_server  # noqa: PLC0415, grpc is large and may be off

    try:
        edge = await grpc_server(
            context.ingest, context.arrivals, settings.limits, host=settings.host, port=settings.grpc_port
        )
    except OSError:
        if "grpc_port" in settings.sources:
            raise port_in_use(settings.grpc_port, "grpc_port") from None
        server.notes.append(left_out(settings.grpc_port, "OTLP over gRPC", f"HTTP on port {server.port} works"))
        return
    server.grpc_port = edge.port
    stack.push_async_callback(edge.stop)


@contextmanager
def _signals(server: RunningServer) -> "Iterator[None]":
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


class _Http(uvicorn.Server):
    """uvicorn in our own loop: signals are ours, and it says when it listens."""

    def __init__(self, server: RunningServer, application: HttpServer, arrivals: Arrivals) -> None:
        settings = server.settings
        super().__init__(
            uvicorn.Config(
                application,
                http=noticing_protocol(arrivals, server.grpc_port),
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=int(settings.stop_within_s) or 1,
                h11_max_incomplete_event_size=64 * 1024,
            )
        )
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> "Iterator[None]":
        yield

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.ready.set()
