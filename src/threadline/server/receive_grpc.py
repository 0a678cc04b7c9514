"""OTLP over gRPC: TraceService, and LogsService and MetricsService as far as saying what is not kept."""

from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits
from threadline.server.arrivals import Arrivals

__all__ = ["GrpcServer", "grpc_server"]


class GrpcServer:
    """A running gRPC server on the current event loop."""

    port: int
    """The port it is bound to (asked for 0: the one that was free)."""

    async def stop(self, grace_s: float = 2.0) -> None:
        """Refuse new calls, let those that run finish for `grace_s` seconds."""
        raise NotImplementedError


async def grpc_server(ingest: Ingest, arrivals: Arrivals, limits: Limits, *, host: str, port: int) -> GrpcServer:
    """Bind and start. Raises OSError when the address cannot be bound."""
    raise NotImplementedError
