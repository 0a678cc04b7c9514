"""What stands behind every HTTP port: who is answered, where a request goes, which headers go with each answer."""

import logging
from concurrent.futures import Executor
from typing import Any

from threadline.errors import InvalidInput, NotFound, ThreadlineError
from threadline.server.arrivals import Arrivals, wrong_path
from threadline.server.asgi import App, Receive, Scope, Send
from threadline.server.compress import compressed
from threadline.server.guard import Guard
from threadline.server.page import Page
from threadline.server.paths import routable
from threadline.server.problem import send_problem
from threadline.server.receive_http import OTLP_PATHS

__all__ = ["HttpServer"]

logger = logging.getLogger("threadline.server")

HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
OPERATION = frozenset({"/healthz", "/readyz", "/metrics", "/openapi.json"})
READS = ("GET", "HEAD")


class HttpServer:
    """The ASGI application of both HTTP ports."""

    def __init__(
        self,
        *,
        guard: Guard,
        arrivals: Arrivals,
        otlp: Any,
        grpc_port: int | None,
        api: App,
        page: Page,
        readers: Executor,
    ) -> None:
        self._guard = guard
        self._arrivals = arrivals
        self._otlp = otlp
        self._grpc_port = grpc_port
        self._api = compressed(api, readers)
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. The one place where an error that nobody expected ends."""
        if scope["type"] != "http":
            return
        started = False

        async def answer(message: Any) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        try:
            await self._route(scope, receive, answer)
        except Exception as error:
            if started:
                logger.exception("An answer broke off in the middle.")
                raise
            await send_problem(answer, error)

    async def _route(self, scope: Any, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        try:
            self._guard.check(scope)
        except ThreadlineError as refused:
            if path in OTLP_PATHS:
                self._note(scope, refused.http_status, refused.message, "Send from the application, not from a page.")
            raise
        if path in OTLP_PATHS:
            await self._otlp(scope, receive, send)
        elif path.startswith("/v1/") or path in OPERATION:
            await self._rest(scope, receive, send)
        elif scope["method"] not in READS or not await self._page.answer(scope, send):
            self._unknown(scope)

    async def _rest(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["path"] == "/openapi.json" and scope["method"] in READS:
            await _send_description(scope, send)
            return
        if not scope["path"].startswith(("/v1/projects/", "/v1/annotations")):
            self._refuse_wrong_path(scope)
        scope["path"] = routable(scope.get("raw_path") or scope["path"].encode())
        if scope["method"] == "HEAD":
            # A copy: the HTTP server looks at its own scope to see whether an answer may come without its body.
            scope = {**scope, "method": "GET"}
            send = _without_body(send)
        await self._api(scope, receive, send)

    def _refuse_wrong_path(self, scope: Any) -> None:
        """What looks like OTLP at another address is shown on the Connect page, with the cure."""
        headers = dict(scope["headers"])
        content_type = headers.get(b"content-type", b"").decode("latin-1")
        wrong = wrong_path(scope["method"], scope["path"], content_type, self._grpc_port)
        if wrong is not None:
            self._note(scope, 404, *wrong)
            raise NotFound("unknown_address", f"{wrong[0]}. {wrong[1]}")

    def _unknown(self, scope: Any) -> None:
        self._refuse_wrong_path(scope)
        if scope["method"] in {*READS, "POST", "PUT"}:
            raise NotFound("unknown_address", "Nothing answers at this address. /openapi.json lists what does.")
        raise InvalidInput("method_not_allowed", "This address takes GET.")

    def _note(self, scope: Any, status: int, answer: str, cure: str) -> None:
        self._arrivals.record(transport="http", path=scope["path"], status=status, answer=answer, cure=cure)


async def _send_description(scope: Any, send: Send) -> None:
    from threadline.server.openapi import document_bytes  # noqa: PLC0415, made when somebody asks

    body = document_bytes()
    pairs = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": pairs})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body, "more_body": False})


def _without_body(send: Send) -> Send:
    async def bare(message: Any) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return bare
