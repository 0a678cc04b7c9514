"""OTLP over HTTP: a raw ASGI callable, because a framework would cost more than the work."""

from typing import Any

from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits
from threadline.server.arrivals import Arrivals

__all__ = ["OTLP_PATHS", "otlp_http"]

OTLP_PATHS = frozenset(
    f"{prefix}/v1/{signal}" for prefix in ("", "/api/public/otel") for signal in ("traces", "logs", "metrics")
)
"""The paths that `otlp_http` serves, whatever the method."""


def otlp_http(ingest: Ingest, arrivals: Arrivals, limits: Limits) -> Any:
    """An ASGI app for OTLP_PATHS (scope type `http` only). It answers every request itself, with 405 too.

    `ingest` must be started. Any other path given to it is answered 404.
    """
    raise NotImplementedError
