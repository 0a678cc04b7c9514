"""OTLP over gRPC: TraceService, and LogsService and MetricsService as far as saying what is not kept.

Specification: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.10.0/docs/specification.md#otlpgrpc
Messages come in as bytes, not parsed by gRPC, so that one span that cannot be read is rejected alone.
HTTP/1.1 on this port is refused inside the gRPC library, which tells nobody: `/connect` cannot show it.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol

import grpc
import grpc.aio

from threadline.errors import Overloaded, ThreadlineError
from threadline.ingest.outcome import Outcome
from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits
from threadline.otlp.answers import status_message, success
from threadline.server.arrivals import Arrivals, cure_of

__all__ = ["GrpcServer", "grpc_server"]

log = logging.getLogger(__name__)

STREAMS_MAX = 32
_SERVICES = {
    f"/opentelemetry.proto.collector.{signal}.v1.{service}/Export": plural
    for signal, service, plural in (
        ("trace", "TraceService", "traces"),
        ("logs", "LogsService", "logs"),
        ("metrics", "MetricsService", "metrics"),
    )
}
_CODES: dict[int, grpc.StatusCode] = {code.value[0]: code for code in grpc.StatusCode}
_PROJECT, _PROJECT_BINARY = "x-project-name", "x-project-name-bin"
"""gRPC lets only ASCII through; a name of other characters travels as UTF-8 in the `-bin` form."""


class GrpcServer:
    """A running gRPC server on the current event loop."""

    def __init__(self, server: Any, port: int) -> None:
        self._server = server
        self.port = port
        """The port it is bound to (asked for 0: the one that was free)."""

    async def stop(self, grace_s: float = 2.0) -> None:
        """Refuse new calls, let those that run finish for `grace_s` seconds."""
        await self._server.stop(grace_s)


async def grpc_server(ingest: Ingest, arrivals: Arrivals, limits: Limits, *, host: str, port: int) -> GrpcServer:
    """Bind and start. `port` 0 takes a free one. Raises OSError when the address cannot be bound."""
    server = grpc.aio.server(
        options=(
            ("grpc.max_receive_message_length", limits.body_bytes_max),
            # A message is in memory before the budget sees it; so many per connection, the next wait in line.
            ("grpc.max_concurrent_streams", STREAMS_MAX),
            ("grpc.so_reuseport", 0),  # a port in use is an error, not shared
        )
    )
    server.add_generic_rpc_handlers((_Handlers(_Receiver(ingest, arrivals)),))
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        bound = server.add_insecure_port(address)
    except RuntimeError as error:
        raise OSError(f"cannot bind {address}: {error}") from None
    if bound == 0:
        raise OSError(f"cannot bind {address}")
    await server.start()
    return GrpcServer(server, bound)


class _CallDetails(Protocol):
    method: str


class _Handlers(grpc.GenericRpcHandler):  # type: ignore[misc]
    def __init__(self, receiver: "_Receiver") -> None:
        self._receiver = receiver

    def service(self, handler_call_details: _CallDetails) -> Any:
        """The handler of a method; None (UNIMPLEMENTED) for one that is not received here."""
        method = handler_call_details.method
        signal = _SERVICES.get(method)
        if signal is None:
            self._receiver.unknown(method)
            return None
        return grpc.unary_unary_rpc_method_handler(self._receiver.handler(method, signal))


class _Receiver:
    def __init__(self, ingest: Ingest, arrivals: Arrivals) -> None:
        self.ingest = ingest
        self.arrivals = arrivals

    def handler(self, method: str, signal: str) -> Callable[[bytes, Any], Any]:
        """The coroutine function that gRPC calls with a message's bytes."""

        async def export(body: bytes, context: Any) -> bytes:
            return await self.export(method, signal, body, context)

        return export

    async def export(self, method: str, signal: str, body: bytes, context: Any) -> bytes:
        """One call."""
        size = len(body)
        try:
            outcome = await self.take(signal, body, _project(context.invocation_metadata()))
        except ThreadlineError as error:
            failure = error
        except Exception:
            # The request's boundary: a fault of ours is answered as OTLP asks.
            log.exception("a call failed")
            failure = ThreadlineError("internal_error", "The server failed on this call; its log says why.")
        else:
            self.record(method, size, 200, outcome.message or "ok", outcome=outcome)
            return success(signal, outcome.rejected, outcome.message, json=False)
        self.record(method, size, failure.http_status, failure.message, cure=cure_of(failure))
        details = (("grpc-status-details-bin", status_message(failure).SerializeToString()),)
        await context.abort(_CODES[failure.grpc_status], failure.message, details)
        raise AssertionError  # abort raises

    async def take(self, signal: str, body: bytes, project: str | None) -> Outcome:
        """Hand the message on within the budget."""
        try:
            with self.ingest.budget.lease() as lease:
                lease.grow(len(body))
                if signal == "traces":
                    return await self.ingest.submit(body, lease, content="protobuf", project=project)
                return await self.ingest.decline(signal, body, lease, content="protobuf")
        except Overloaded:
            self.ingest.counters.requests_refused += 1
            raise

    def record(
        self,
        method: str,
        size: int,
        status: int,
        answer: str,
        *,
        outcome: Outcome | None = None,
        cure: str | None = None,
    ) -> None:
        """Show the call at /connect."""
        self.arrivals.record(
            transport="grpc",
            path=method,
            encoding="protobuf",
            size=size,
            spans=outcome.spans if outcome else 0,
            rejected=outcome.rejected if outcome else 0,
            projects=outcome.projects if outcome else (),
            session_id_key=outcome.session_id_key if outcome else None,
            status=status,
            answer=answer,
            cure=cure,
        )

    def unknown(self, method: str) -> None:
        """Show a call of a method that is not received here."""
        self.arrivals.record(
            transport="grpc",
            path=method,
            status=404,
            answer="no such gRPC method here",
            cure="Only OTLP's TraceService, LogsService and MetricsService are received on this port.",
        )


def _project(metadata: Any) -> str | None:
    found = {key: value for key, value in metadata or () if key in {_PROJECT, _PROJECT_BINARY}}
    value = found.get(_PROJECT_BINARY) or found.get(_PROJECT)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value
