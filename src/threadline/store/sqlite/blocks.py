"""Blocks: received requests packed together and compressed, spans addressed by (block, part, ordinal).

Concatenated ExportTraceServiceRequests are themselves one: repeated fields merge. So a block's body is a
request too; its parts are kept apart (`sizes`) so that reading one span cuts only its own part.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import msgspec
import zstandard

from threadline.errors import StoreFailed
from threadline.model.limits import Limits
from threadline.otlp.export import join
from threadline.otlp.wire import RawSpan, read_request
from threadline.store.sqlite.database import Database

__all__ = ["BLOCK_BYTES", "Address", "Packed", "blanked", "pack", "raw_spans", "read_parts", "release"]

BLOCK_BYTES = 2**20
"""Raw bytes of a block on the hot path: more compress better, fewer are read faster."""

BLOCKS_KEPT = 4
KEPT_BYTES_MAX = 8 * 2**20
"""Larger blocks are not kept in memory after reading; a settled one has a little over 4 MiB."""

STORED = Limits(spans_per_request_max=2**40, attributes_per_span_max=2**40, attribute_depth_max=100)
"""What is stored was checked when it came; a limit lowered since must not hide it."""

Address: TypeAlias = tuple[int, int, int]
"""(block, part, ordinal of the span within the part)"""

_decode_sizes = msgspec.msgpack.Decoder(list[int]).decode
_encode = msgspec.msgpack.Encoder().encode


class Packed(NamedTuple):
    """A block ready to be written."""

    sizes: bytes
    body: bytes


def pack(parts: Sequence[bytes], compressor: zstandard.ZstdCompressor) -> Packed:
    """One block of these parts."""
    return Packed(_encode([len(part) for part in parts]), compressor.compress(b"".join(parts)))


def read_parts(connection: Database, block: int) -> list[bytes]:
    """The parts of a block as they came."""
    row = connection.execute("select sizes, body from block_body where block = ?", (block,)).fetchone()
    if row is None:
        raise StoreFailed("block_missing", f"Block {block} is missing: the database is damaged.")
    sizes, body = row
    if zstandard.frame_content_size(body) > KEPT_BYTES_MAX:
        return _parts(sizes, body)
    return list(_recent_parts(sizes, body))


def _parts(sizes: bytes, packed: bytes) -> list[bytes]:
    body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=2**31)
    parts, at = [], 0
    for size in _decode_sizes(sizes):
        parts.append(body[at : at + size])
        at += size
    return parts


# Turns that follow one another mostly lie in the same block, and a reader asks for them one by one. Kept by
# content, so that what an erasure rewrites is never answered from here.
_recent_parts = lru_cache(maxsize=BLOCKS_KEPT)(_parts)


def _cut(part: bytes) -> list[RawSpan]:
    return read_request(part, STORED)


_recent_cut = lru_cache(maxsize=BLOCKS_KEPT)(_cut)


def raw_spans(connection: Database, addresses: Iterable[Address]) -> Iterator[tuple[Address, RawSpan]]:
    """The spans at these addresses, block by block, each block and part read once."""
    blocks: dict[int, dict[int, list[Address]]] = {}
    for address in addresses:
        blocks.setdefault(address[0], {}).setdefault(address[1], []).append(address)
    for block in sorted(blocks):
        parts = read_parts(connection, block)
        for part, wanted in blocks[block].items():
            cut = _recent_cut if len(parts[part]) <= KEPT_BYTES_MAX else _cut
            spans = cut(parts[part])
            for address in wanted:
                yield address, spans[address[2]]


def release(connection: Database, counts: Mapping[int, int]) -> None:
    """So many spans of each block are no longer referred to; a block without any is deleted."""
    for block, n in counts.items():
        row = connection.execute("update block set held = held - ? where id = ? returning held", (n, block)).fetchone()
        if row is not None and row[0] <= 0:
            connection.execute("delete from block where id = ?", (block,))
            connection.execute("delete from block_body where block = ?", (block,))


def blanked(part: bytes, ordinals: Iterable[int]) -> bytes:
    """The part with these spans made empty, so that all others keep their ordinals."""
    gone = set(ordinals)
    spans = [
        raw._replace(span=b"") if ordinal in gone else raw for ordinal, raw in enumerate(read_request(part, STORED))
    ]
    return join(spans)
