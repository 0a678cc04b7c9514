"""One HTTP/1.1 connection to 127.0.0.1, kept open; as little work as a client can do."""

import socket
import time

import msgspec

__all__ = ["Answer", "Connection"]

HEAD_BYTES_MAX = 64 * 1024


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    head: bytes
    """Status line and headers in lower case."""
    body: bytes
    ms: float
    """From before the request was written until its whole answer was read."""


class Connection:
    """Sends ready-made requests. Raises OSError when the server goes away or takes longer than `timeout_s`."""

    def __init__(self, port: int, timeout_s: float = 60) -> None:
        self.port = port
        self.timeout_s = timeout_s
        self.socket = self.open()
        self.rest = b""
        self.last = False

    def open(self) -> socket.socket:
        """A new connection."""
        made = socket.create_connection(("127.0.0.1", self.port), self.timeout_s)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def get(self, path: str) -> Answer:
        """The answer to a GET."""
        return self.exchange(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n\r\n".encode())

    def post_json(self, path: str, body: bytes) -> Answer:
        """The answer to a POST of JSON."""
        head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        return self.exchange(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)

    def exchange(self, message: bytes | memoryview) -> Answer:
        """The answer to `message`, a whole request."""
        if self.last:
            self.close()
            self.socket, self.rest = self.open(), b""
        begin = time.perf_counter()
        self.socket.sendall(message)
        head = self.read_head()
        body = self.read_body(head)
        self.last = b"\r\nconnection: close" in head
        return Answer(int(head[9:12]), head, body, (time.perf_counter() - begin) * 1e3)

    def read_head(self) -> bytes:
        """Up to the empty line."""
        data = self.rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            if len(data) > HEAD_BYTES_MAX:
                raise OSError("the answer's headers do not end")
            data += self.receive()
        self.rest = data[end + 4 :]
        return data[:end].lower()

    def read_body(self, head: bytes) -> bytes:
        """What `content-length` says; nothing without it."""
        place = head.find(b"\r\ncontent-length:")
        if place < 0:
            if b"\r\ntransfer-encoding:" in head:
                raise OSError("a chunked answer, which this client does not read")
            return b""
        length = int(head[place + 17 :].split(b"\r\n", 1)[0])
        parts, have = [self.rest], len(self.rest)
        while have < length:
            parts.append(self.receive())
            have += len(parts[-1])
        data = b"".join(parts)
        self.rest = data[length:]
        return data[:length]

    def receive(self) -> bytes:
        """Some bytes, at least one."""
        data = self.socket.recv(256 * 1024)
        if not data:
            raise ConnectionResetError("the server closed the connection")
        return data

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()
