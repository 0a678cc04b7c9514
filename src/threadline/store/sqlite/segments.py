"""Segments: the facts of a trace's spans, one segment per arrival, merged now and then.

There is no row per span. Which version of a span stays is decided where segments meet (`merge`).
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from typing import TypeAlias

import msgspec
import zstandard

from threadline.model.facts import SpanFacts
from threadline.sessions.versions import replaces
from threadline.store.sqlite.blocks import Address
from threadline.store.sqlite.database import Database

__all__ = ["Entry", "Merged", "Segment", "from_blob", "merge", "read", "to_blob"]

RawSupplier: TypeAlias = Callable[["Entry"], Callable[[], bytes]]
PACK_FROM_BYTES = 96
"""Shorter segments are kept plain: zstd has nothing to find in them."""
LONG_BYTES = 64 * 1024


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A span that a block holds."""

    block: int
    part: int
    ordinal: int
    facts: SpanFacts

    @property
    def address(self) -> Address:
        """Where its bytes are."""
        return self.block, self.part, self.ordinal


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """`entries` are held in their blocks. `past` are copies that stayed behind: only an erasure asks for them."""

    entries: list[Entry]
    past: list[Address] = []


class Merged(msgspec.Struct):
    """All segments of a trace as one."""

    spans: dict[bytes, Entry]
    """By span id: the version that stays."""
    beaten: list[Entry]
    """Held versions that do not stay."""
    past: list[Address]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Segment).decode

DICTIONARY = zstandard.ZstdCompressionDict(
    (resources.files(__package__) / "facts_1.dict").read_bytes(), dict_type=zstandard.DICT_TYPE_RAWCONTENT
)
"""Facts of typical spans as they are encoded: what a short segment refers back to. It must never change; a better
one is another file and another first byte."""


class _Zstd(threading.local):
    """Compressors are not shared between threads."""

    def __init__(self) -> None:
        self.short = zstandard.ZstdCompressor(level=-1, dict_data=DICTIONARY)
        self.long = zstandard.ZstdCompressor(level=3, dict_data=DICTIONARY)
        self.back = zstandard.ZstdDecompressor(dict_data=DICTIONARY)


_zstd = _Zstd()


def to_blob(segment: Segment) -> bytes:
    """A byte (0 plain, 1 zstd with the first dictionary), then msgpack."""
    plain = _encode(segment)
    if len(plain) >= PACK_FROM_BYTES:
        packed = (_zstd.short if len(plain) < LONG_BYTES else _zstd.long).compress(plain)
        if len(packed) < len(plain):
            return b"\1" + packed
    return b"\0" + plain


def from_blob(blob: bytes) -> Segment:
    """The other way."""
    if blob[0] == 1:
        return _decode(_zstd.back.decompress(blob[1:], max_output_size=2**31))
    return _decode(blob[1:])


def read(connection: Database, trace: int) -> list[Segment]:
    """The segments of a trace, in their order."""
    rows = connection.execute("select facts from segment where trace = ? order by number", (trace,))
    return [from_blob(row[0]) for row in rows]


def merge(segments: Iterable[Segment], raw: RawSupplier) -> Merged:
    """Which version of each span stays. `raw(entry)` supplies a span's bytes, asked for only in a tie."""
    merged = Merged({}, [], [])
    for segment in segments:
        _, again = add(merged, segment.entries, raw)
        merged.beaten.extend(again)  # of a trace whose fold was put off: held like any other
        merged.past.extend(segment.past)
    return merged


def add(merged: Merged, entries: Sequence[Entry], raw: RawSupplier) -> tuple[bool, list[Entry]]:
    """Add entries in place. Answers whether a version changed, and those that were stored already."""
    changed, again = False, []
    spans = merged.spans
    for entry in entries:
        facts = entry.facts
        other = spans.get(facts.span_id)
        if other is None:
            spans[facts.span_id] = entry
            changed = True
        elif other.facts.digest == facts.digest and other.facts.size == facts.size:
            again.append(entry)
        elif replaces(facts, other.facts, raw(entry), raw(other)):
            spans[facts.span_id] = entry
            merged.beaten.append(other)
            changed = True
        else:
            merged.beaten.append(entry)
    return changed, again
