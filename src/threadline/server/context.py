"""What the handlers work with: the store through a few threads, the writer, and the clock."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec
from litestar import Response
from litestar.di import NamedDependency

from threadline.server.trace_facts import TraceFacts

if TYPE_CHECKING:
    from threadline.ingest.queue import Ingest
    from threadline.server.arrivals import Arrivals
    from threadline.server.events import LiveEvents
    from threadline.store.contract import Store

__all__ = ["Context", "Injected", "encoded"]

T = TypeVar("T")
READERS = 4
"""Threads that read. More would only wait for each other: reads hold the GIL or the disk."""


class Context:
    """One per server. Handlers get it by dependency injection."""

    def __init__(
        self,
        *,
        store: "Store",
        ingest: "Ingest",
        arrivals: "Arrivals",
        events: "LiveEvents",
        clock_ns: Callable[[], int],
    ) -> None:
        self.store = store
        self.ingest = ingest
        self.arrivals = arrivals
        self.events = events
        self.clock_ns = clock_ns
        self.trace_facts = TraceFacts(store, lambda: ingest.counters.commits)
        self.stopping = asyncio.Event()
        self.readers = ThreadPoolExecutor(READERS, thread_name_prefix="threadline-read")

    async def read(self, call: Callable[..., T], *arguments: Any) -> T:
        """Run a blocking read on one of the readers' threads."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, call, *arguments)

    async def answer(
        self, call: Callable[..., T], *arguments: Any, http_status: int = 200, **named: Any
    ) -> Response[T]:
        """Read, present and encode beside the loop: a large answer never holds up the others."""
        body = await self.read(_encoded, call, arguments, named)
        return Response(content=body, status_code=http_status, media_type="application/json")  # type: ignore[arg-type]

    async def write(self, call: Callable[[], T]) -> T:
        """Run a write on the one thread that writes."""
        return await self.ingest.run(call)

    def close(self) -> None:
        """Let running reads finish and end the threads."""
        self.readers.shutdown(wait=True)


Injected: TypeAlias = NamedDependency[Context]
"""How a handler asks for it."""


def _encoded(call: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> bytes:
    return encoded(call(*arguments, **named))


def encoded(value: object) -> bytes:
    """JSON that any reader accepts: NaN and infinities become null, lone surrogates U+FFFD."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_well_formed(msgspec.to_builtins(value)))


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    return value
