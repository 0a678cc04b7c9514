"""uvicorn's HTTP protocol with limits on what comes around a body: its parser has none."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["HEAD_BYTES_MAX", "HEAD_TIMEOUT_S", "LimitedProtocol"]

HEAD_BYTES_MAX = 64 * 1024
"""Of everything in a request but its body, beside what came with its first packet."""
HEAD_TIMEOUT_S = 60.0
"""A sender that never ends its head would keep its connection for ever."""
CHUNK_FRAMING = 6
"""Bytes around each byte of a body in the smallest chunks, rounded up (RFC 9112, 7.1)."""


class LimitedProtocol(HttpToolsProtocol):
    """Counts what is no body: the address, headers, trailers and the framing of chunks."""

    _in_message = False
    _around_bytes = 0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first head."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand it on, and stop a request that has too much around its body."""
        if self._in_message:
            self._around_bytes += len(data)
        super().data_received(data)
        if self._in_message and self._around_bytes > HEAD_BYTES_MAX:
            self.head_too_large()

    def head_too_large(self) -> None:
        """What to do about it: here, close the connection."""
        self.transport.close()

    def on_message_begin(self) -> None:
        """Another request begins."""
        super().on_message_begin()
        self._in_message = True
        self._around_bytes = 0
        self._await_head()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._stop_timer()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of its body, which has limits of its own."""
        self._around_bytes = max(0, self._around_bytes - CHUNK_FRAMING * len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """It has been received."""
        self._in_message = False
        super().on_message_complete()

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_TIMEOUT_S, self.transport.close)

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
