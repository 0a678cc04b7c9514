"""uvicorn's HTTP protocol, and a word for those who speak something else to this port."""

import struct

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from threadline.server.arrivals import Arrivals

__all__ = ["noticing_protocol"]

_HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n"
_TLS_HANDSHAKE = b"\x16\x03"
"""The first bytes of a ClientHello: record type 22, version 3.x (RFC 8446, 5.1)."""
_NOTE = b"This port speaks OTLP over HTTP/1.1. Send gRPC to port 4317."
_HTTP_1_1_REQUIRED = 0xD
# An empty SETTINGS frame, then GOAWAY with a text that gRPC clients print (RFC 9113, 6.5 and 6.8).
_GOAWAY = (
    bytes(3) + b"\x04\x00" + bytes(4)
    + struct.pack(">I", 8 + len(_NOTE))[1:] + b"\x07\x00" + bytes(4) + struct.pack(">II", 0, _HTTP_1_1_REQUIRED) + _NOTE
)  # fmt: skip


def noticing_protocol(arrivals: Arrivals) -> type[HttpToolsProtocol]:
    """A class for uvicorn's `http=` that records gRPC and TLS on the HTTP port in `arrivals`, with the cure."""

    class NoticingProtocol(HttpToolsProtocol):
        """Looks at a connection's first bytes."""

        _first_bytes_seen = False

        def data_received(self, data: bytes) -> None:
            """Hand on what is HTTP/1.1; answer the rest and close."""
            if not self._first_bytes_seen:
                self._first_bytes_seen = True
                if data.startswith(_HTTP2_PREFACE[: max(3, len(data))]):
                    self._refuse(_GOAWAY, "HTTP/2 (gRPC) on the HTTP port", _GRPC_CURE)
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


_GRPC_CURE = "This is gRPC: send it to port 4317, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf."
_TLS_CURE = "Use http://, not https://: the endpoint has no TLS."
