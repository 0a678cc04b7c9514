"""Health, readiness and metrics."""

from litestar import Response, get

from threadline.errors import Overloaded
from threadline.server.context import Injected
from threadline.server.metrics import exposition

__all__ = ["health", "metrics", "ready"]


@get("/healthz", operation_id="health", summary="Is the process alive", tags=["operation"], media_type="text/plain")
async def health() -> str:
    """It answers, so it is."""
    return "ok\n"


@get("/readyz", operation_id="ready", summary="Can it take and answer", tags=["operation"], media_type="text/plain")
async def ready(context: Injected) -> str:
    """The store answers, the last commit could be kept, and the server is not about to stop."""
    if context.stopping.is_set():
        raise Overloaded("stopping", "The server is about to stop.")
    if context.ingest.store_failure is not None:
        raise context.ingest.store_failure
    await context.read(context.store.deletion, "")
    return "ready\n"


@get("/metrics", operation_id="metrics", summary="Prometheus metrics", tags=["operation"], media_type="text/plain")
async def metrics(context: Injected) -> Response[str]:
    """In the text format 0.0.4."""
    body = await context.read(exposition, context)
    return Response(body, media_type="text/plain; version=0.0.4")  # Litestar adds the charset
