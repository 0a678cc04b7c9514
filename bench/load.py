"""A load, written to a file once, so that making it costs nothing while the server is measured."""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.conversations import Shape, requests

__all__ = ["Load", "Place", "prepare"]

ENTRY = struct.Struct("<QIII")


class Place(msgspec.Struct, frozen=True):
    """Where a request lies in the file: its headers, then its body."""

    offset: int
    head_bytes: int
    body_bytes: int
    spans: int


class Load:
    """The requests of a file, as ready HTTP/1.1 requests."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.view = memoryview(self.bytes)
        self.places = [Place(*entry) for entry in ENTRY.iter_unpack(path.with_suffix(".index").read_bytes())]

    def message(self, number: int) -> memoryview:
        """Headers and body of the `number`-th request."""
        place = self.places[number]
        return self.view[place.offset : place.offset + place.head_bytes + place.body_bytes]

    def body(self, number: int) -> bytes:
        """The serialised ExportTraceServiceRequest."""
        return bytes(self.message(number)[self.places[number].head_bytes :])

    def bodies(self, count: int) -> Iterator[bytes]:
        """The first `count` bodies."""
        return (self.body(number) for number in range(min(count, len(self.places))))

    @property
    def span_count(self) -> int:
        """Of all requests."""
        return sum(place.spans for place in self.places)

    @property
    def body_bytes(self) -> int:
        """Of all requests, without headers: what a server receives as telemetry."""
        return sum(place.body_bytes for place in self.places)


def prepare(shape: Shape, folder: Path) -> Load:
    """The load of this shape, written to `folder` unless it is there."""
    path = folder / f"{shape.name}.load"
    index = path.with_suffix(".index")
    if not index.exists():
        folder.mkdir(parents=True, exist_ok=True)
        offset, entries = 0, []
        with path.open("wb") as file:
            for spans, body in requests(shape):
                head = (
                    "POST /v1/traces HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-protobuf\r\n"
                    f"content-length: {len(body)}\r\n\r\n"
                ).encode()
                file.write(head + body)
                entries.append(ENTRY.pack(offset, len(head), len(body), spans))
                offset += len(head) + len(body)
        index.write_bytes(b"".join(entries))
    return Load(path)
