"""The HTTP protocol of both ports, and a word for those who speak something else."""

import struct

from threadline.server.arrivals import Arrivals, grpc_cure
from threadline.server.limited_protocol import HEAD_BYTES_MAX, LimitedProtocol

__all__ = ["noticing_protocol"]

_HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n"
_TLS_HANDSHAKE = b"\x16\x03"
"""The first bytes of a ClientHello: record type 22, version 3.x (RFC 8446, 5.1)."""
_HTTP_1_1_REQUIRED = 0xD


def noticing_protocol(arrivals: Arrivals, grpc_port: int | None) -> type[LimitedProtocol]:
    """A class for uvicorn's `http=` that records gRPC and TLS on the HTTP port in `arrivals`, with the cure.

    `grpc_port` is None when no gRPC is received.
    """
    goaway = _goaway(grpc_port)

    class NoticingProtocol(LimitedProtocol):
        """Looks at a connection's first bytes."""

        _first_bytes_seen = False

        def data_received(self, data: bytes) -> None:
            """Hand on what is HTTP/1.1; answer the rest and close."""
            if not self._first_bytes_seen:
                self._first_bytes_seen = True
                if data.startswith(_HTTP2_PREFACE[: max(3, len(data))]):
                    self._refuse(goaway, "HTTP/2 (gRPC) on the HTTP port", grpc_cure(grpc_port))
                    return
                if data.startswith(_TLS_HANDSHAKE):
                    self._refuse(b"", "TLS on a port without TLS", _TLS_CURE)
                    return
            super().data_received(data)

        def head_too_large(self) -> None:
            """Say so before the connection closes."""
            self._refuse(_HEAD_TOO_LARGE, "a request whose headers are too large", _HEAD_CURE, status=431)

        def _refuse(self, answer: bytes, what: str, cure: str, status: int = 400) -> None:
            arrivals.record(transport="http", path="", encoding="", status=status, answer=what, cure=cure)
            self._unset_keepalive_if_required()
            if answer:
                self.transport.write(answer)
            self.transport.close()

    return NoticingProtocol


def _goaway(grpc_port: int | None) -> bytes:
    """An empty SETTINGS frame, then GOAWAY with a text that gRPC clients print (RFC 9113, 6.5 and 6.8)."""
    note = b"This port speaks OTLP over HTTP/1.1."
    if grpc_port is not None:
        note += b" Send gRPC to port %d." % grpc_port
    settings = bytes(3) + b"\x04\x00" + bytes(4)
    head = struct.pack(">I", 8 + len(note))[1:] + b"\x07\x00" + bytes(4)
    return settings + head + struct.pack(">II", 0, _HTTP_1_1_REQUIRED) + note


_TLS_CURE = "Use http://, not https://: the endpoint has no TLS."
_HEAD_CURE = f"Send less than {HEAD_BYTES_MAX // 1024} KiB of headers and trailers."
_HEAD_TOO_LARGE = (
    "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    f"content-length: {len(_HEAD_CURE)}\r\nconnection: close\r\n\r\n{_HEAD_CURE}"
).encode()
