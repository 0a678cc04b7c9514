"""Errors as application/problem+json (RFC 9457): one shape for every failing path."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from threadline.errors import Overloaded, ThreadlineError
from threadline.query import QueryError
from threadline.server.asgi import Send
from threadline.server.shapes import Problem

if TYPE_CHECKING:
    from litestar import Request

__all__ = ["PROBLEM_TYPE", "answer_problem", "problem_of", "send_problem"]

PROBLEM_TYPE = "application/problem+json"

logger = logging.getLogger("threadline.server")

HTTP_CODES: Mapping[int, tuple[str, str]] = {
    400: ("invalid_request", "Invalid request"),
    404: ("unknown_address", "Not found"),
    405: ("method_not_allowed", "Method not allowed"),
    413: ("body_too_large", "Too large"),
    415: ("unsupported_media_type", "Unsupported media type"),
}
"""Code and title of what the framework itself refuses."""


def problem_of(error: Exception) -> tuple[Problem, dict[str, str]]:
    """The problem and the headers that go with it. What nobody expected is logged and told to nobody."""
    headers: dict[str, str] = {}
    if isinstance(error, ThreadlineError):
        if isinstance(error, Overloaded):
            headers["retry-after"] = str(error.retry_after_s)
        problem = _problem(error.http_status, error.code, error.title, error.message)
        if isinstance(error, QueryError):
            problem = msgspec.structs.replace(problem, column=error.column, expected=list(error.expected))
        return problem, headers
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status in HTTP_CODES:
        code, title = HTTP_CODES[status]
        if allowed := (getattr(error, "headers", None) or {}).get("allow"):
            headers["allow"] = allowed
        return _problem(status, code, title, _detail(error, status, allowed)), headers
    logger.error("A request failed in a way nobody expected.", exc_info=error)
    detail = "The server met an error that it did not expect; its log says more."
    return _problem(500, "internal_error", "Internal error", detail), headers


def _problem(status: int, code: str, title: str, detail: str) -> Problem:
    return Problem(type=f"urn:threadline:problem:{code}", title=title, status=status, code=code, detail=detail)


def _detail(error: Exception, status: int, allowed: str | None) -> str:
    if status == 404:
        return "Nothing answers at this address. /openapi.json lists what does."
    if status == 405:
        return f"This address takes {allowed or 'another method'}."
    extra = getattr(error, "extra", None)
    if isinstance(extra, list) and extra:
        return "; ".join(_one(entry) for entry in extra)
    return str(getattr(error, "detail", "") or "The request could not be understood.")


def _one(entry: Any) -> str:
    if isinstance(entry, dict):
        return f"`{entry['key']}`: {entry.get('message')}" if "key" in entry else str(entry.get("message"))
    return str(entry)


def answer_problem(request: "Request[Any, Any, Any]", error: Exception) -> Any:
    """Litestar's exception handler: every error of every handler ends here."""
    from litestar import Response  # noqa: PLC0415, the receiving edges need no web framework

    problem, headers = problem_of(error)
    body = msgspec.json.encode(problem)
    if request.method == "HEAD":
        body = b""
    return Response(content=body, status_code=problem.status, headers=headers, media_type=PROBLEM_TYPE)


async def send_problem(send: Send, error: Exception) -> None:
    """The same answer from plain ASGI."""
    problem, headers = problem_of(error)
    body = msgspec.json.encode(problem)
    pairs = [(b"content-type", PROBLEM_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    pairs += [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": pairs})
    await send({"type": "http.response.body", "body": body, "more_body": False})
