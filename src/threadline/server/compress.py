"""Compression of answers: JSON and text of 1 kB and more, in one piece; streams pass as they are."""

import asyncio
import gzip
from concurrent.futures import Executor
from typing import Any

import zstandard

from threadline.server.asgi import App, Receive, Scope, Send

__all__ = ["compressed", "packed"]

SMALLEST = 1_024
"""Below this a packet is no smaller."""
BESIDE_THE_LOOP = 256 * 1024
"""From here on compression takes milliseconds and goes to a thread."""
KINDS = (b"application/json", b"application/problem+json", b"text/")


def compressed(app: App, readers: Executor) -> App:
    """The app, its answers compressed as the client likes: zstd before gzip. `readers` packs the large ones."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        encoding = _encoding(scope["headers"])
        if encoding is None:
            await app(scope, receive, send)
            return
        held: Any = None

        async def forward(message: Any) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _worth_it(message):
                held = message
                return
            if held is not None:
                start, held = held, None
                if not message.get("more_body") and len(message.get("body", b"")) >= SMALLEST:
                    message = {**message, "body": await _pack(message["body"], encoding, readers)}
                    _relabel(start, encoding, len(message["body"]))
                await send(start)
            await send(message)

        await app(scope, receive, forward)

    return answer


def _encoding(headers: Any) -> str | None:
    accepted = b",".join(value for name, value in headers if name == b"accept-encoding").lower()
    offers = {
        offer.partition(b";")[0].strip()
        for offer in accepted.split(b",")
        if offer.partition(b"q=")[2].strip() not in (b"0", b"0.0", b"0.00", b"0.000")
    }
    return next((name for name in ("zstd", "gzip") if name.encode() in offers), None)


def _worth_it(start: Any) -> bool:
    headers = dict(start["headers"])
    kind = headers.get(b"content-type", b"")
    return b"content-encoding" not in headers and kind.startswith(KINDS) and not kind.startswith(b"text/event-stream")


async def _pack(body: bytes, encoding: str, readers: Executor) -> bytes:
    if len(body) < BESIDE_THE_LOOP:
        return packed(body, encoding)
    return await asyncio.get_running_loop().run_in_executor(readers, packed, body, encoding)


def packed(body: bytes, encoding: str) -> bytes:
    """The body in this encoding."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=3).compress(body)
    return gzip.compress(body, compresslevel=5, mtime=0)


def _relabel(start: Any, encoding: str, size: int) -> None:
    kept = [(name, value) for name, value in start["headers"] if name not in (b"content-length", b"vary")]
    start["headers"] = [
        *kept,
        (b"content-length", str(size).encode()),
        (b"content-encoding", encoding.encode()),
        (b"vary", b"accept-encoding"),
    ]
