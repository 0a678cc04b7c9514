"""Routing on the raw path: split at `/` first, then decode each segment.

A project may be named `a/b`, `..`, a space, `%2F` or an emoji. ASGI's `path` is decoded before anyone can
split it, so the router is given the raw path's segments, each decoded and encoded again in one form that
holds no slash; `decode_parameters` undoes that once the route is known.

A browser rewrites a segment that is `.` or `..`, encoded or not, before it sends. `.;` and `..;` stand for
them: no encoder leaves a bare `;`, so nothing else is lost.
"""

from urllib.parse import quote, unquote_to_bytes

from threadline.errors import InvalidInput
from threadline.server.asgi import App, Receive, Scope, Send

__all__ = ["decode_parameters", "routable", "segments"]

DOTS = {b".;": ".", b"..;": ".."}


def segments(raw_path: bytes) -> list[str]:
    """The decoded segments; InvalidInput `invalid_path` where one is not UTF-8."""
    try:
        return [DOTS.get(part) or unquote_to_bytes(part).decode() for part in raw_path.split(b"/")[1:]]
    except UnicodeDecodeError:
        raise InvalidInput("invalid_path", "The path is not UTF-8: percent-encode each of its segments.") from None


def routable(raw_path: bytes) -> str:
    """The path in the one form that the router splits without error."""
    return "/" + "/".join(quote(segment, safe="*") for segment in segments(raw_path))


def decode_parameters(app: App) -> App:
    """A middleware behind the router: handlers see path parameters as they were meant."""

    async def decoded(scope: Scope, receive: Receive, send: Send) -> None:
        if parameters := scope.get("path_params"):
            # The router caches the mapping it hands out, so it is replaced and not changed.
            scope["path_params"] = {name: unquote_to_bytes(value).decode() for name, value in parameters.items()}
        await app(scope, receive, send)

    return decoded
