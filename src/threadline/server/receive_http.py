"""OTLP over HTTP: a raw ASGI callable, because a framework would cost more than the work.

Specification: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.10.0/docs/specification.md#otlphttp
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from threadline.errors import InvalidInput, Overloaded, ThreadlineError, TooLarge, UndecodableBody, UnsupportedMediaType
from threadline.ingest.budget import Lease
from threadline.ingest.outcome import Outcome
from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits
from threadline.otlp.answers import failure, retry_after_s, success
from threadline.otlp.compression import encodings
from threadline.server.arrivals import Arrivals, cure_of, grpc_cure

__all__ = ["OTLP_PATHS", "otlp_http"]

log = logging.getLogger(__name__)

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

OTLP_PATHS = frozenset(
    f"{prefix}/v1/{signal}" for prefix in ("", "/api/public/otel") for signal in ("traces", "logs", "metrics")
)
"""The paths that `otlp_http` serves, whatever the method. Langfuse's SDKs send to the longer ones."""

BODY_TIMEOUT_S = 60.0
"""A sender that stops in the middle of its body would keep its part of the budget for ever."""
_MEDIA = {"application/x-protobuf": "protobuf", "application/protobuf": "protobuf", "application/json": "json"}
_MEDIA_OF = {"protobuf": b"application/x-protobuf", "json": b"application/json"}
_GRPC = "application/grpc"


class _MethodNotAllowed(InvalidInput):
    http_status = 405
    grpc_status = 12  # UNIMPLEMENTED
    title = "Method not allowed"


class _Slow(InvalidInput):
    http_status = 408
    grpc_status = 4  # DEADLINE_EXCEEDED
    title = "Request timeout"


class _Gone(Exception):
    """The client went away in the middle of its body."""


def otlp_http(
    ingest: Ingest,
    arrivals: Arrivals,
    limits: Limits,
    *,
    grpc_port: int | None,
    body_timeout_s: float = BODY_TIMEOUT_S,
) -> App:
    """An ASGI app for OTLP_PATHS (scope type `http` only). It answers every request itself, with 405 too.

    `ingest` must be started. `grpc_port` is where gRPC is received, None for nowhere. `body_timeout_s` is for a
    whole body to come in. Any other path given to it is answered as the traces, logs or metrics that its last
    part names.
    """
    return _Receiver(ingest, arrivals, limits, body_timeout_s, grpc_port)


class _Request:
    """What the head of a request says."""

    __slots__ = ("content", "content_type", "encoding", "length", "method", "path", "project", "signal", "size")

    def __init__(self, scope: Scope) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.signal = self.path.rpartition("/")[2]
        self.content_type = headers.get(b"content-type", b"").decode("latin-1")
        self.content = _MEDIA.get(self.content_type.partition(";")[0].strip().lower())
        self.encoding = headers.get(b"content-encoding", b"").decode("latin-1")
        length = headers.get(b"content-length", b"")
        self.length = int(length) if length.isdigit() else None
        self.project = _text(headers.get(b"x-project-name"))
        self.size = 0

    @property
    def as_json(self) -> bool:
        """Whether the answer is JSON: also where the request's own type cannot be told."""
        return self.content != "protobuf"

    @property
    def described(self) -> str:
        """Content type and encoding as understood."""
        content = self.content or self.content_type or "no content type"
        return f"{content}, {self.encoding}" if self.encoding else content


class _Receiver:
    def __init__(
        self, ingest: Ingest, arrivals: Arrivals, limits: Limits, body_timeout_s: float, grpc_port: int | None
    ) -> None:
        self.ingest = ingest
        self.arrivals = arrivals
        self.limits = limits
        self.body_timeout_s = body_timeout_s
        self.grpc_port = grpc_port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = _Request(scope)
        try:
            outcome = await self.take(request, receive)
        except _Gone:
            self.record(request, 499, "the client went away before its body was complete")
        except ThreadlineError as error:
            self.record(request, error.http_status, error.message, cure=_cure(error, request, self.grpc_port))
            await self.send_failure(request, error, send)
        except Exception:
            # The request's boundary: a fault of ours is answered as OTLP asks, not by the framework's page.
            log.exception("a request failed")
            fault = ThreadlineError("internal_error", "The server failed on this request; its log says why.")
            self.record(request, fault.http_status, fault.message)
            await self.send_failure(request, fault, send)
        else:
            self.record(request, 200, outcome.message or "ok", outcome)
            body = success(request.signal, outcome.rejected, outcome.message, json=request.as_json)
            await _send(send, 200, _MEDIA_OF["json" if request.as_json else "protobuf"], body)

    async def take(self, request: _Request, receive: Receive) -> Outcome:
        """Read the body within the budget and hand it on."""
        if request.method != "POST":
            raise _MethodNotAllowed("method_not_allowed", f"OTLP is sent with POST, not {request.method[:16]}.")
        if request.content is None:
            raise UnsupportedMediaType("unsupported_media_type", _unsupported(request.content_type))
        encodings(request.encoding)
        try:
            lease = self.ingest.budget.lease()
            with lease:
                body = await self.read_body(request, receive, lease)
                if request.signal != "traces":
                    return await self.ingest.decline(
                        request.signal, body, lease, content=request.content, encoding=request.encoding
                    )
                return await self.ingest.submit(
                    body, lease, content=request.content, encoding=request.encoding, project=request.project
                )
        except Overloaded:
            self.ingest.counters.requests_refused += 1
            raise

    async def read_body(self, request: _Request, receive: Receive, lease: Lease) -> bytes:
        """The whole body. `lease` grows as bytes come in: an announced length alone takes nothing from others."""
        if request.length is not None:
            self.refuse_large(request.length)
            self.ingest.budget.expect(request.length)
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self.body_timeout_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _Gone
                    part: bytes = message.get("body", b"")
                    request.size += len(part)
                    self.refuse_large(request.size)
                    lease.grow(len(part))
                    if not message.get("more_body"):
                        return b"".join([*parts, part]) if parts else part
                    parts.append(part)
        except TimeoutError:
            raise _Slow("body_timeout", f"The body did not come in within {self.body_timeout_s:g} s.") from None

    def refuse_large(self, size: int) -> None:
        """Raise TooLarge over the limit, before anything is kept of it."""
        limit = self.limits.body_bytes_max
        if size > limit:
            raise TooLarge(
                "body_too_large", f"The body has more than {limit} bytes (body_bytes_max). Send smaller batches."
            )

    def record(
        self, request: _Request, status: int, answer: str, outcome: Outcome | None = None, cure: str | None = None
    ) -> None:
        """Show the request at /connect."""
        self.arrivals.record(
            transport="http",
            path=request.path,
            encoding=request.described,
            size=request.size,
            spans=outcome.spans if outcome else 0,
            rejected=outcome.rejected if outcome else 0,
            projects=outcome.projects if outcome else (),
            session_id_key=outcome.session_id_key if outcome else None,
            status=status,
            answer=answer,
            cure=cure,
        )

    async def send_failure(self, request: _Request, error: ThreadlineError, send: Send) -> None:
        """A google.rpc.Status in the request's encoding."""
        headers: list[tuple[bytes, bytes]] = []
        seconds = retry_after_s(error)
        if seconds is not None:
            headers.append((b"retry-after", str(seconds).encode()))
        if isinstance(error, _MethodNotAllowed):
            headers.append((b"allow", b"POST"))
        media = _MEDIA_OF["json" if request.as_json else "protobuf"]
        await _send(send, error.http_status, media, failure(error, json=request.as_json), headers)


async def _send(
    send: Send, status: int, media: bytes, body: bytes, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    head = [(b"content-type", media), (b"content-length", str(len(body)).encode()), *(headers or ())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _text(header: bytes | None) -> str | None:
    if header is None:
        return None
    try:
        return header.decode()
    except UnicodeDecodeError:
        return header.decode("latin-1")


def _unsupported(content_type: str) -> str:
    if content_type.lower().startswith(_GRPC):
        return "This port speaks OTLP over HTTP, the request is gRPC."
    named = (
        f"Content type {content_type[:128]!r} is not read here" if content_type else "The request has no Content-Type"
    )
    return f"{named}: send application/x-protobuf or application/json."


def _cure(error: ThreadlineError, request: _Request, grpc_port: int | None) -> str | None:
    if isinstance(error, UnsupportedMediaType):
        if request.content_type.lower().startswith(_GRPC):
            return grpc_cure(grpc_port)
        if request.content is None:
            return "Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, or send the header Content-Type: application/json."
        return "Set OTEL_EXPORTER_OTLP_COMPRESSION to gzip, or to none."
    if isinstance(error, UndecodableBody):
        return "Check that the Content-Type and Content-Encoding headers say what the body is."
    return cure_of(error)
