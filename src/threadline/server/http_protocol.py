"""uvicorn's HTTP protocol, and a word for those who speak something else to this port."""

import struct

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from threadline.server.arrivals import Arrivals, grpc_cure

__all__ = ["noticing_protocol"]

_HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n"
_TLS_HANDSHAKE = b"\x16\x03"
"""The first bytes of a ClientHello: record type 22, version 3.x (RFC 8446, 5.1)."""
_HTTP_1_1_REQUIRED = 0xD


def noticing_protocol(arrivals: Arrivals, grpc_port: int | None) -> type[HttpToolsProtocol]:
    """A class for uvicorn's `http=` that records gRPC and TLS on the HTTP port in `arrivals`, with the cure.

    `grpc_port` is None when no gRPC is received.
    """
    goaway = _goaway(grpc_port)

    class NoticingProtocol(HttpToolsProtocol):
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

        def _refuse(self, answer: bytes, what: str, cure: str) -> None:
            arrivals.record(transport="http", path="", encoding="", status=400, answer=what, cure=cure)
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
