"""What was said, as `turn_text` keeps it: long texts compressed."""

import threading
from typing import NamedTuple

import zstandard

from threadline.store.sqlite.database import Database

__all__ = ["PLAIN", "SILENT", "Sides", "from_text", "read_sides", "to_text"]

PLAIN = "text/plain"
PACK_FROM_BYTES = 1_024


class _Zstd(threading.local):
    """A decompressor is not shared between threads, and takes longer to make than a text to unpack."""

    def __init__(self) -> None:
        self.back = zstandard.ZstdDecompressor()


_zstd = _Zstd()


class Sides(NamedTuple):
    """What was said in a trace."""

    input: str | None
    output: str | None
    input_mime: str
    output_mime: str


SILENT = Sides(None, None, PLAIN, PLAIN)


def to_text(text: str | None, compressor: zstandard.ZstdCompressor) -> str | bytes | None:
    """A text as stored: zstd where it is long and that pays."""
    if text is None or len(text) < PACK_FROM_BYTES // 4:
        return text
    plain = text.encode()
    if len(plain) < PACK_FROM_BYTES:
        return text
    packed = compressor.compress(plain)
    return packed if len(packed) < len(plain) else text


def from_text(stored: str | bytes | None) -> str | None:
    """The other way."""
    if isinstance(stored, bytes):
        return _zstd.back.decompress(stored, max_output_size=2**31).decode()
    return stored


def read_sides(connection: Database, trace: int) -> Sides:
    """The texts of a trace row."""
    row = connection.execute(
        "select input, output, input_mime, output_mime from turn_text where trace = ?", (trace,)
    ).fetchone()
    if row is None:
        return SILENT
    return Sides(from_text(row[0]), from_text(row[1]), row[2] or PLAIN, row[3] or PLAIN)
