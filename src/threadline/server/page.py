"""The page: built files, immutable where their name holds a hash, and index.html under a strict policy."""

import re
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import unquote

from threadline.server.asgi import Scope, Send

__all__ = ["STATIC", "Page"]

STATIC = Path(__file__).parent / "static"
HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
"""What Vite puts into the name of a file that never changes."""
KINDS = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".ico": b"image/x-icon",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".map": b"application/json",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".wasm": b"application/wasm",
    ".webmanifest": b"application/manifest+json",
    ".woff2": b"font/woff2",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' data: blob:; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
NONCE = "__CSP_NONCE__"
OTLP_PORT, GRPC_PORT = "__OTLP_PORT__", "__GRPC_PORT__"
"""Where index.html wants the ports that receive OTLP beside this one; empty where there is none."""
NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Threadline</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="__CSP_NONCE__">
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
</style>
</head><body><h1>Threadline runs, its page is not built yet</h1>
<p>Spans are received and the API answers; see <a href="/openapi.json">/openapi.json</a>.</p>
<p>In a checkout, <code>make run</code> builds the page and starts the server.
To build it alone: <code>npm --prefix ui ci &amp;&amp; npm --prefix ui run build</code>. Then load this page again.</p>
</body></html>
"""


class Page:
    """Answers GET for everything that is no API. Files are read once and kept: they are small."""

    def __init__(self, folder: Path = STATIC, *, otlp_port: int | None = None, grpc_port: int | None = None) -> None:
        """The ports are what the page tells people to send to; None for one that is off."""
        self._folder = folder.resolve()
        self._ports = {OTLP_PORT: str(otlp_port or ""), GRPC_PORT: str(grpc_port or "")}
        self._files: dict[tuple[str, str], tuple[bytes, list[tuple[bytes, bytes]]]] = {}

    async def answer(self, scope: Scope, send: Send) -> bool:
        """True when the request was answered: a file, or index.html for any address of the page."""
        path = unquote(scope["path"])
        if _looks_like_file(path):
            found = self._file(path, _encodings(scope["headers"]))
            if found is None:
                return False
            await _send(send, scope, *found)
            return True
        await _send(send, scope, *self._index())
        return True

    def _index(self) -> tuple[bytes, list[tuple[bytes, bytes]]]:
        index = self._folder / "index.html"
        html = index.read_text() if index.is_file() else NOT_BUILT
        for name, port in self._ports.items():
            html = html.replace(name, port)
        nonce = token_urlsafe(16)
        body = html.replace(NONCE, nonce).encode()
        return body, [
            (b"content-type", KINDS[".html"]),
            (b"cache-control", b"no-store"),
            (b"content-security-policy", POLICY.format(nonce=nonce).encode()),
        ]

    def _file(self, path: str, encodings: tuple[str, ...]) -> tuple[bytes, list[tuple[bytes, bytes]]] | None:
        if "\0" in path:
            return None
        for suffix, encoding in ((".br", "br"), (".gz", "gzip"), ("", "")):
            if encoding and encoding not in encodings:
                continue
            if (path, encoding) in self._files:
                return self._files[path, encoding]
            file = (self._folder / (path.lstrip("/") + suffix)).resolve()
            try:
                if not file.is_relative_to(self._folder) or not file.is_file():
                    continue
                found = file.read_bytes(), _headers(path, encoding)
            except OSError:  # a name too long for the file system, or a file that went
                continue
            if HASHED.search(path):
                self._files[path, encoding] = found
            return found
        return None


def _looks_like_file(path: str) -> bool:
    return path.startswith("/assets/") or (path.count("/") == 1 and Path(path).suffix in KINDS)


def _headers(path: str, encoding: str) -> list[tuple[bytes, bytes]]:
    cache = b"public, max-age=31536000, immutable" if HASHED.search(path) else b"no-cache"
    headers = [
        (b"content-type", KINDS.get(Path(path).suffix, b"application/octet-stream")),
        (b"cache-control", cache),
        (b"vary", b"accept-encoding"),
    ]
    return [*headers, (b"content-encoding", encoding.encode())] if encoding else headers


def _encodings(headers: Any) -> tuple[str, ...]:
    accepted = b",".join(value for name, value in headers if name == b"accept-encoding").decode("latin-1").lower()
    return tuple(offer.partition(";")[0].strip() for offer in accepted.split(","))


async def _send(send: Send, scope: Scope, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    pairs = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": pairs})
    head = scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if head else body, "more_body": False})
